import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DomainLaboratory, domainLaboratory } from '../../../../test/domain-laboratory.ts';
import { makeSelfSigned } from '../../../../test/servers/index.ts';
import { checkHost, checkMachine, type Machine, reverseName } from '../index.ts';

let lab: DomainLaboratory;
before(async () => {
  lab = await domainLaboratory();
});
after(() => lab.close());

describe('the machine that mail leaves from', () => {
  test('is asked whether its name and its addresses lead to each other', async () => {
    const look = async () =>
      (await checkHost(lab.deps.ownDns(), lab.deps.host)).map(({ question, good }) => [question, good]);
    lab.dns.set('mail.envoi.example', 'A', '192.0.2.10');
    lab.dns.set('10.2.0.192.in-addr.arpa', 'PTR', 'mail.envoi.example');
    lab.dns.set('mail.envoi.example', 'AAAA', '2001:db8::10');
    lab.dns.set(reverseName('2001:db8::10'), 'PTR', 'static-10.hoster.example');
    assert.deepEqual(await look(), [
      ['name', true],
      ['addresses', true],
      ['forward', true],
      ['reverse', true],
      ['reverse', false],
    ]);
    lab.dns.set(reverseName('2001:db8::10'), 'PTR', 'Mail.Envoi.Example');
    assert.ok(
      (await look()).every(([, good]) => good),
      'a name is the same in any case',
    );
    lab.dns.set('mail.envoi.example', 'AAAA');
    assert.deepEqual((await look()).slice(2), [
      ['forward', false],
      ['reverse', true],
      ['reverse', false],
    ]);
    const bare = await checkHost(lab.deps.ownDns(), { name: 'localhost', publicIps: [] });
    assert.deepEqual(
      bare.map(({ good }) => good),
      [false, false],
    );
  });

  test('has a certificate for its name that somebody vouches for, and believes its proxy', async () => {
    const { cert } = await makeSelfSigned({ names: ['mail.envoi.example'] });
    const usual = {
      host: lab.deps.host,
      certificate: { pem: cert, isOwn: false },
      trustedProxies: ['127.0.0.1'],
      publicUrl: 'https://envoi.example',
    };
    const look = async (more: Partial<Machine>, now = new Date()) => {
      const all = await checkMachine(lab.deps.ownDns(), { ...usual, ...more }, now);
      return all.flatMap(({ question, good }) =>
        question === 'certificate' || question === 'proxies' ? [[question, good]] : [],
      );
    };
    assert.deepEqual(await look({}), [
      ['certificate', true],
      ['proxies', true],
    ]);
    const other = { ...lab.deps.host, name: 'mail.other.example' };
    assert.deepEqual((await look({ host: other }))[0], ['certificate', false], 'of another name');
    const late = new Date(Date.now() + 400 * 365 * 86_400_000);
    assert.deepEqual((await look({}, late))[0], ['certificate', false], 'at its end');
    for (const certificate of [{ pem: cert, isOwn: true }, { pem: 'no PEM', isOwn: false }, null])
      assert.deepEqual((await look({ certificate }))[0], ['certificate', false]);
    assert.deepEqual((await look({ trustedProxies: [] }))[1], ['proxies', false]);
    const local = { trustedProxies: [], publicUrl: 'http://localhost:3000' };
    assert.equal((await look(local)).length, 1, 'without a proxy there is nothing to believe');
  });
});

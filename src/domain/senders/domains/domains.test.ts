import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { catalogueProblems, languages } from '#base/language';
import { hour } from '#base/time';
import { type EvidenceTables, readEvents, sequence } from '#domain/evidence';
import { makeResolver } from '#mail/dns';
import { asWorker, type Database, inCompany } from '#stores/database';
import { testDatabase } from '../../../../test/database.ts';
import { quietMail } from '../../../../test/quiet-mail.ts';
import { makeSelfSigned, startDns, type TestDns } from '../../../../test/servers/index.ts';
import {
  addDomain,
  type CheckDeps,
  checkDomain,
  checkHost,
  checkMachine,
  chooseSender,
  createSender,
  domainPageToken,
  drawSettingsPdf,
  getDomain,
  getSender,
  listDomains,
  type Machine,
  readDomainName,
  readDomainPageToken,
  removeDomain,
  reverseName,
  rotateKey,
  type SenderTables,
  type SendingDomain,
  setFallback,
  zoneSnippet,
} from '../index.ts';
import { domainTextFiles } from './domain-texts.ts';

const company = 'com_TEST';
let database: Database<SenderTables & EvidenceTables>;
let dns: TestDns;
let deps: CheckDeps;
let now = new Date('2026-11-27T09:00:00Z');

before(async () => {
  database = await testDatabase<SenderTables & EvidenceTables>();
  dns = await startDns();
  const resolver = makeResolver({ servers: [dns.address], timeoutMs: 500 });
  deps = {
    ...quietMail(),
    database,
    now: () => now,
    ownDns: () => resolver,
    house: { delivery: { kind: 'direct', port: 25 }, platformDomain: 'envoi.example' },
    host: { name: 'mail.envoi.example', publicIps: ['192.0.2.10', '2001:db8::10'] },
  };
});
after(async () => {
  await database.close();
  await dns.close();
});

const within = <Result>(work: Parameters<typeof inCompany<SenderTables & EvidenceTables, Result>>[2]) =>
  inCompany(database, company, work);

async function add(name: string): Promise<SendingDomain> {
  const added = await within((tx) => addDomain(tx, deps, { companyId: company, name }, 'user', now));
  assert.ok(added.ok, JSON.stringify(added));
  return added.domain;
}

async function check(domain: SendingDomain): Promise<SendingDomain> {
  const checked = await checkDomain(deps, { companyId: company, domainId: domain.id, actor: 'system' });
  assert.ok(checked.ok);
  return checked.domain;
}

function publish(domain: SendingDomain): void {
  for (const { name, type, expected } of domain.records) dns.set(name, type, expected);
}

const problemsOf = (domain: SendingDomain) =>
  Object.fromEntries(domain.records.map(({ purpose, problem }) => [purpose, problem]));

describe('the name of a domain', () => {
  test('is told from everything else that people type', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['', 'domain_missing'],
      ['https://vautrin.be', 'domain_with_scheme'],
      ['vautrin.be/contact', 'domain_with_scheme'],
      ['vautrin.be:25', 'domain_with_scheme'],
      ['vau trin.be', 'domain_with_spaces'],
      ['claire@vautrin.be', 'domain_is_address'],
      ['vautrin', 'domain_malformed'],
      ['-x.be', 'domain_malformed'],
      ['192.0.2.1', 'domain_malformed'],
      ['xn--zz--zz.be', 'domain_malformed'],
      [`${'a'.repeat(64)}.be`, 'domain_malformed'],
      ['vаutrin.be', 'domain_mixes_scripts'], // the second letter is Cyrillic
      ['co.uk', 'domain_is_public_suffix'],
      ['gmail.com', 'domain_is_mailbox_provider'],
      ['Skynet.be', 'domain_is_mailbox_provider'],
      ['mail.gmail.com', 'domain_is_mailbox_provider'],
      ['vautrin.onmicrosoft.com', 'domain_is_mailbox_provider'],
      ['yahoo.com.au', 'domain_is_mailbox_provider'],
    ];
    for (const [typed, reason] of cases)
      assert.deepEqual(readDomainName(typed), { ok: false, reason }, typed);
    assert.deepEqual(readDomainName(' Vautrin.BE. '), { ok: true, name: 'vautrin.be' });
    assert.ok(readDomainName('myyahoo.be').ok, 'a name that only ends like one of theirs');
    assert.deepEqual(readDomainName('müller.ch'), { ok: true, name: 'xn--mller-kva.ch' });
  });

  test('is never longer than the names that are made of it may be, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain(), fc.webUrl(), fc.emailAddress()), (typed) => {
        const read = readDomainName(typed);
        if (read.ok) assert.ok(`envoi10-xxxx._domainkey.${read.name}`.length <= 253);
      }),
    );
  });
});

describe('a new domain', () => {
  test('says which records its DNS must have, and waits for them', async () => {
    const domain = await add('vautrin.be');
    assert.equal(domain.state, 'pending');
    const { records } = domain;
    assert.deepEqual(
      records.map(({ purpose, type, required }) => [purpose, type, required]),
      [
        ['dkim', 'TXT', true],
        ['dkim_spare', 'TXT', true],
        ['return_path_mx', 'MX', true],
        ['return_path_spf', 'TXT', true],
      ],
    );
    assert.match(records[0]?.name ?? '', /^envoi1-[a-z0-9]{4}\._domainkey\.vautrin\.be$/);
    assert.match(records[0]?.expected ?? '', /^v=DKIM1; k=rsa; p=MII/);
    assert.deepEqual(
      [records[2]?.name, records[2]?.expected],
      ['bounce.vautrin.be', '10 mail.envoi.example'],
    );
    assert.equal(records[3]?.expected, 'v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all');
    const waiting = await check(domain);
    assert.equal(waiting.state, 'pending');
    assert.equal(problemsOf(waiting)['dkim'], 'absent');
    assert.equal(problemsOf(waiting)['dmarc'], 'absent');
  });

  test('cannot be added twice, and is seen by no other company', async () => {
    const twice = await within((tx) =>
      addDomain(tx, deps, { companyId: company, name: 'Vautrin.be' }, 'user', now),
    );
    assert.deepEqual(twice, { ok: false, reason: 'domain_exists' });
    const other = await inCompany(database, 'com_OTHER', (tx) => listDomains(tx, 'com_OTHER'));
    assert.deepEqual(other, []);
  });

  test('keeps its private keys sealed', async () => {
    const { rows } = await database.owner.query('select secret from domain_keys');
    for (const { secret } of rows) assert.ok(!secret.includes('PRIVATE KEY'));
  });
});

describe('a check', () => {
  test('is content with a record that is written otherwise but says the same', async () => {
    const domain = await add('same.be');
    publish(domain);
    const [key] = domain.records;
    dns.set(
      key?.name ?? '',
      'TXT',
      `p=${/p=(.*)/.exec(key?.expected ?? '')?.[1]?.replace(/(.{60})/g, '$1 ')}`,
    );
    dns.set('bounce.same.be', 'TXT', 'v=spf1 include:ours.be -all');
    dns.set('ours.be', 'TXT', 'v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/64 -all');
    dns.set('bounce.same.be', 'MX', '10 mail.envoi.example', '20 backup.example');
    const checked = await check(domain);
    assert.equal(checked.state, 'valid', JSON.stringify(problemsOf(checked)));
  });

  test('says what is wrong with each record', async () => {
    const domain = await add('wrong.be');
    const [key, spare] = domain.records;
    dns.set(key?.name ?? '', 'TXT', 'v=DKIM1; k=rsa; p=');
    dns.set(spare?.name ?? '', 'TXT', spare?.expected ?? '', 'v=DKIM1; p=abc');
    dns.set('bounce.wrong.be', 'MX', '5 elsewhere.example', '10 mail.envoi.example');
    dns.set('bounce.wrong.be', 'TXT', 'v=spf1 ip4:192.0.2.10 -all');
    dns.set('wrong.be', 'TXT', 'v=spf1 -all', 'v=spf1 mx -all');
    dns.set('_dmarc.wrong.be', 'TXT', 'v=DMARC1; p=none', 'v=DMARC1; p=reject');
    assert.deepEqual(problemsOf(await check(domain)), {
      dkim: 'revoked',
      dkim_spare: 'several',
      return_path_mx: 'different',
      return_path_spf: 'different',
      dmarc: 'several',
      spf: 'several',
    });
  });

  test('says what happened to a right value on its way into the DNS', async () => {
    const domain = await add('typed.be');
    const [key, spare] = domain.records;
    assert.ok(key && spare);
    const found = async () => problemsOf(await check(domain));
    dns.set(key.name, 'TXT', `"${key.expected.replaceAll(';', '\\;')}"`);
    dns.set(spare.name, 'TXT', spare.expected.slice(0, 255));
    dns.set('bounce.typed.be', 'MX', '10 mail.envoi.example.bounce.typed.be');
    dns.set('bounce.typed.be.typed.be', 'TXT', 'v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all');
    dns.set('_dmarc.typed.be', 'TXT', 'v=DMARC1 p=none');
    assert.deepEqual(await found(), {
      dkim: 'quoted',
      dkim_spare: 'cut_off',
      return_path_mx: 'target_doubled',
      return_path_spf: 'name_doubled',
      dmarc: 'malformed',
    });
    dns.set(key.name, 'TXT', key.expected.replace('k=rsa;', 'k=rsa; s=tlsrpt;'));
    dns.remove(spare.name);
    dns.set(spare.name, 'CNAME', 'round.typed.be');
    dns.set('round.typed.be', 'CNAME', spare.name);
    dns.set('bounce.typed.be', 'MX', '10 mail.envoi.example', '10 other.example');
    dns.set('_dmarc.typed.be', 'TXT', 'v=DMARC1; p=rejct; rua=mailto:d@typed.be');
    const { dkim, dkim_spare, return_path_mx, dmarc } = await found();
    assert.deepEqual(
      [dkim, dkim_spare, return_path_mx, dmarc],
      ['different', 'alias_circle', 'different', 'malformed'],
    );
  });

  test('reads the owner’s DMARC and asks nobody to replace it', async () => {
    const domain = await add('policy.be');
    publish(domain);
    dns.set('_dmarc.policy.be', 'TXT', 'v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:d@policy.be');
    const dmarc = (await check(domain)).records.find(({ purpose }) => purpose === 'dmarc');
    assert.deepEqual([dmarc?.valid, dmarc?.policy, dmarc?.expected], [true, 'reject', dmarc?.found[0]]);
  });
});

describe('a record that is lost', () => {
  let domain: SendingDomain;
  let senderId: string;
  const stateOf = async () => (await within((tx) => getSender(tx, company, senderId)))?.state;
  before(async () => {
    domain = await add('lost.be');
    publish(domain);
    domain = await check(domain);
    const address = 'invoices@lost.be';
    const made = await within((tx) =>
      createSender(tx, deps, { companyId: company, method: 'domain', address }, 'user', now),
    );
    assert.ok(made.ok && made.sender.state === 'valid');
    senderId = made.sender.id;
  });

  test('leaves the domain sending for 24 hours, then breaks it with its senders', async () => {
    dns.remove('bounce.lost.be', 'MX');
    assert.deepEqual([(await check(domain)).state, await stateOf()], ['warning', 'valid']);
    now = new Date(now.getTime() + 23 * hour);
    assert.deepEqual([(await check(domain)).state, await stateOf()], ['warning', 'valid']);
    now = new Date(now.getTime() + hour);
    assert.deepEqual([(await check(domain)).state, await stateOf()], ['broken', 'broken']);
  });

  test('is stood in for by the chosen sender only, and never in silence', async () => {
    const smtp = { host: 'h.example', security: 'none' } as const;
    const other = await within((tx) =>
      createSender(
        tx,
        deps,
        { companyId: company, method: 'smtp', address: 'a@b.be', settings: smtp },
        'user',
        now,
      ),
    );
    assert.ok(other.ok);
    const ref = { companyId: company, domainId: domain.id };
    const choose = () =>
      within((tx) =>
        chooseSender(tx, company, { requestedSenderId: senderId, kind: 'invoice', userId: null }),
      );
    const set = (id: string | null) => within((tx) => setFallback(tx, ref, id));
    assert.deepEqual(
      await set(other.sender.id),
      { ok: false, reason: 'fallback_invalid' },
      'it was not tested yet',
    );
    await database.owner.query(`update senders set state = 'valid' where id = '${other.sender.id}'`);
    assert.deepEqual(await set(other.sender.id), { ok: true });
    const chosen = await choose();
    assert.ok(chosen.ok);
    assert.deepEqual([chosen.sender.id, chosen.reason], [other.sender.id, 'domain_fallback']);
    await set(null);
    const held = await choose();
    assert.ok(held.ok && held.sender.id === senderId && held.sender.state === 'broken');
  });

  test('repairs everything when it is back; a silent DNS changes nothing', async () => {
    dns.behave('fail');
    assert.equal((await check(domain)).state, 'broken');
    dns.behave('answer');
    publish(domain);
    assert.deepEqual([(await check(domain)).state, await stateOf()], ['valid', 'valid']);
    dns.behave('fail');
    assert.equal((await check(domain)).state, 'valid');
    dns.behave('answer');
    await sequence(database);
    const events = await asWorker(database, (tx) =>
      readEvents(tx, { kind: 'after', logIndex: 0, companyId: company, limit: 200 }),
    );
    const told = events.filter(({ data }) => data['domain'] === domain.id).map(({ type }) => type);
    assert.deepEqual(told, [
      'domain.added',
      'domain.verified',
      'domain.degraded',
      'domain.broken',
      'domain.repaired',
    ]);
  });

  test('keeps the domain from being removed while a sender uses it', async () => {
    const ref = { companyId: company, domainId: domain.id };
    const removed = await within((tx) => removeDomain(tx, ref, 'user', now));
    assert.deepEqual(removed, { ok: false, reason: 'domain_in_use' });
  });
});

describe('the signing key', () => {
  test('is changed for the spare once that is published, and a new spare is asked for', async () => {
    const domain = await add('rotate.be');
    const ref = { companyId: company, domainId: domain.id };
    const rotate = () => within((tx) => rotateKey(tx, deps, ref, 'user', now));
    assert.deepEqual(await rotate(), { ok: false, reason: 'spare_key_not_published' });
    publish(domain);
    await check(domain);
    const rotated = await rotate();
    assert.ok(rotated.ok);
    assert.deepEqual(
      rotated.domain.keys.map(({ number, state }) => [number, state]),
      [
        [1, 'old'],
        [2, 'signing'],
        [3, 'spare'],
      ],
    );
    const after = await check(domain);
    assert.equal(after.state, 'valid', 'the new spare is not missed yet');
    assert.equal(problemsOf(after)['dkim_spare'], 'absent');
    assert.deepEqual(await rotate(), { ok: false, reason: 'spare_key_not_published' });
  });
});

describe('the machine that mail leaves from', () => {
  test('is asked whether its name and its addresses lead to each other', async () => {
    const look = async () =>
      (await checkHost(deps.ownDns(), deps.host)).map(({ question, good }) => [question, good]);
    dns.set('mail.envoi.example', 'A', '192.0.2.10');
    dns.set('10.2.0.192.in-addr.arpa', 'PTR', 'mail.envoi.example');
    dns.set('mail.envoi.example', 'AAAA', '2001:db8::10');
    dns.set(reverseName('2001:db8::10'), 'PTR', 'static-10.hoster.example');
    assert.deepEqual(await look(), [
      ['name', true],
      ['addresses', true],
      ['forward', true],
      ['reverse', true],
      ['reverse', false],
    ]);
    dns.set(reverseName('2001:db8::10'), 'PTR', 'Mail.Envoi.Example');
    assert.ok(
      (await look()).every(([, good]) => good),
      'a name is the same in any case',
    );
    dns.set('mail.envoi.example', 'AAAA');
    assert.deepEqual((await look()).slice(2), [
      ['forward', false],
      ['reverse', true],
      ['reverse', false],
    ]);
    const bare = await checkHost(deps.ownDns(), { name: 'localhost', publicIps: [] });
    assert.deepEqual(
      bare.map(({ good }) => good),
      [false, false],
    );
  });

  test('has a certificate for its name that somebody vouches for, and believes its proxy', async () => {
    const { cert } = await makeSelfSigned({ names: ['mail.envoi.example'] });
    const usual = {
      host: deps.host,
      certificate: { pem: cert, isOwn: false },
      trustedProxies: ['127.0.0.1'],
      publicUrl: 'https://envoi.example',
    };
    const look = async (more: Partial<Machine>, now = new Date()) => {
      const all = await checkMachine(deps.ownDns(), { ...usual, ...more }, now);
      return all.flatMap(({ question, good }) =>
        question === 'certificate' || question === 'proxies' ? [[question, good]] : [],
      );
    };
    assert.deepEqual(await look({}), [
      ['certificate', true],
      ['proxies', true],
    ]);
    const other = { ...deps.host, name: 'mail.other.example' };
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

describe('the settings for the administrator', () => {
  test('are on a page with an unguessable name', async () => {
    const [domain] = await within((tx) => listDomains(tx, company));
    const token = domainPageToken(deps.key, domain?.id ?? '');
    assert.equal(readDomainPageToken(deps.key, token), domain?.id);
    fc.assert(fc.property(fc.string(), (text) => readDomainPageToken(deps.key, text) === null));
    assert.equal(readDomainPageToken(deps.key, `${token.slice(0, -1)}.`), null);
  });

  test('are a PDF in each language, and lines for a zone file', async () => {
    const domain = await within((tx) => getDomain(tx, company, { name: 'vautrin.be' }));
    assert.ok(domain);
    for (const language of languages) {
      const sheet: Parameters<typeof drawSettingsPdf>[0] = {
        domain,
        companyName: 'Vautrin Șătrar',
        language,
        pageUrl: 'https://envoi.example/dns/x',
      };
      const pdf = await drawSettingsPdf(sheet, now);
      assert.equal(pdf.toString('latin1', 0, 5), '%PDF-');
      assert.deepEqual(await drawSettingsPdf(sheet, now), pdf);
    }
    const lines = zoneSnippet(domain.name, domain.records).split('\n');
    assert.equal(lines.length, 4);
    assert.match(lines[2] ?? '', /^bounce +3600 IN MX {2}10 mail\.envoi\.example\.$/);
    for (const text of lines.join('\n').matchAll(/"([^"]*)"/g)) assert.ok((text[1]?.length ?? 0) <= 255);
  });

  test('have all their words in all languages', () => {
    assert.deepEqual(catalogueProblems(domainTextFiles, languages), []);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { catalogueProblems, languages } from '#base/language';
import { inCompany } from '#stores/database';
import { type DomainLaboratory, domainLaboratory, problemsOf } from '../../../../test/domain-laboratory.ts';
import {
  addDomain,
  domainPageToken,
  drawSettingsPdf,
  getDomain,
  listDomains,
  readDomainPageToken,
  zoneSnippet,
} from '../index.ts';
import { domainTextFiles } from './domain-texts.ts';

let lab: DomainLaboratory;
before(async () => {
  lab = await domainLaboratory();
});
after(() => lab.close());

describe('a new domain', () => {
  test('says which records its DNS must have, and waits for them', async () => {
    const domain = await lab.add('vautrin.be');
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
    const waiting = await lab.check(domain);
    assert.equal(waiting.state, 'pending');
    assert.equal(problemsOf(waiting)['dkim'], 'absent');
    assert.equal(problemsOf(waiting)['dmarc'], 'absent');
  });

  test('cannot be added twice, and is seen by no other company', async () => {
    const twice = await lab.within((tx) =>
      addDomain(tx, lab.deps, { companyId: lab.company, name: 'Vautrin.be' }, 'user', lab.clock.now),
    );
    assert.deepEqual(twice, { ok: false, reason: 'domain_exists' });
    const other = await inCompany(lab.database, 'com_OTHER', (tx) => listDomains(tx, 'com_OTHER'));
    assert.deepEqual(other, []);
  });

  test('keeps its private keys sealed', async () => {
    const { rows } = await lab.database.owner.query('select secret from domain_keys');
    for (const { secret } of rows) assert.ok(!secret.includes('PRIVATE KEY'));
  });
});

describe('a check', () => {
  test('is content with a record that is written otherwise but says the same', async () => {
    const domain = await lab.add('same.be');
    lab.publish(domain);
    const [key] = domain.records;
    lab.dns.set(
      key?.name ?? '',
      'TXT',
      `p=${/p=(.*)/.exec(key?.expected ?? '')?.[1]?.replace(/(.{60})/g, '$1 ')}`,
    );
    lab.dns.set('bounce.same.be', 'TXT', 'v=spf1 include:ours.be -all');
    lab.dns.set('ours.be', 'TXT', 'v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/64 -all');
    lab.dns.set('bounce.same.be', 'MX', '10 mail.envoi.example', '20 backup.example');
    const checked = await lab.check(domain);
    assert.equal(checked.state, 'valid', JSON.stringify(problemsOf(checked)));
  });

  test('says what is wrong with each record', async () => {
    const domain = await lab.add('wrong.be');
    const [key, spare] = domain.records;
    lab.dns.set(key?.name ?? '', 'TXT', 'v=DKIM1; k=rsa; p=');
    lab.dns.set(spare?.name ?? '', 'TXT', spare?.expected ?? '', 'v=DKIM1; p=abc');
    lab.dns.set('bounce.wrong.be', 'MX', '5 elsewhere.example', '10 mail.envoi.example');
    lab.dns.set('bounce.wrong.be', 'TXT', 'v=spf1 ip4:192.0.2.10 -all');
    lab.dns.set('wrong.be', 'TXT', 'v=spf1 -all', 'v=spf1 mx -all');
    lab.dns.set('_dmarc.wrong.be', 'TXT', 'v=DMARC1; p=none', 'v=DMARC1; p=reject');
    assert.deepEqual(problemsOf(await lab.check(domain)), {
      dkim: 'revoked',
      dkim_spare: 'several',
      return_path_mx: 'different',
      return_path_spf: 'different',
      dmarc: 'several',
      spf: 'several',
    });
  });

  test('says what happened to a right value on its way into the DNS', async () => {
    const domain = await lab.add('typed.be');
    const [key, spare] = domain.records;
    assert.ok(key && spare);
    const found = async () => problemsOf(await lab.check(domain));
    lab.dns.set(key.name, 'TXT', `"${key.expected.replaceAll(';', '\\;')}"`);
    lab.dns.set(spare.name, 'TXT', spare.expected.slice(0, 255));
    lab.dns.set('bounce.typed.be', 'MX', '10 mail.envoi.example.bounce.typed.be');
    lab.dns.set('bounce.typed.be.typed.be', 'TXT', 'v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all');
    lab.dns.set('_dmarc.typed.be', 'TXT', 'v=DMARC1 p=none');
    assert.deepEqual(await found(), {
      dkim: 'quoted',
      dkim_spare: 'cut_off',
      return_path_mx: 'target_doubled',
      return_path_spf: 'name_doubled',
      dmarc: 'malformed',
    });
    lab.dns.set(key.name, 'TXT', key.expected.replace('k=rsa;', 'k=rsa; s=tlsrpt;'));
    lab.dns.remove(spare.name);
    lab.dns.set(spare.name, 'CNAME', 'round.typed.be');
    lab.dns.set('round.typed.be', 'CNAME', spare.name);
    lab.dns.set('bounce.typed.be', 'MX', '10 mail.envoi.example', '10 other.example');
    lab.dns.set('_dmarc.typed.be', 'TXT', 'v=DMARC1; p=rejct; rua=mailto:d@typed.be');
    const { dkim, dkim_spare, return_path_mx, dmarc } = await found();
    assert.deepEqual(
      [dkim, dkim_spare, return_path_mx, dmarc],
      ['different', 'alias_circle', 'different', 'malformed'],
    );
  });

  test('reads the owner’s DMARC and asks nobody to replace it', async () => {
    const domain = await lab.add('policy.be');
    lab.publish(domain);
    lab.dns.set('_dmarc.policy.be', 'TXT', 'v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:d@policy.be');
    const dmarc = (await lab.check(domain)).records.find(({ purpose }) => purpose === 'dmarc');
    assert.deepEqual([dmarc?.valid, dmarc?.policy, dmarc?.expected], [true, 'reject', dmarc?.found[0]]);
  });
});

describe('the settings for the administrator', () => {
  test('are on a page with an unguessable name', async () => {
    const [domain] = await lab.within((tx) => listDomains(tx, lab.company));
    const token = domainPageToken(lab.deps.key, domain?.id ?? '');
    assert.equal(readDomainPageToken(lab.deps.key, token), domain?.id);
    fc.assert(fc.property(fc.string(), (text) => readDomainPageToken(lab.deps.key, text) === null));
    assert.equal(readDomainPageToken(lab.deps.key, `${token.slice(0, -1)}.`), null);
  });

  test('are a PDF in each language, and lines for a zone file', async () => {
    const domain = await lab.within((tx) => getDomain(tx, lab.company, { name: 'vautrin.be' }));
    assert.ok(domain);
    for (const language of languages) {
      const sheet: Parameters<typeof drawSettingsPdf>[0] = {
        domain,
        companyName: 'Vautrin Șătrar',
        language,
        pageUrl: 'https://envoi.example/dns/x',
      };
      const pdf = await drawSettingsPdf(sheet, lab.clock.now);
      assert.equal(pdf.toString('latin1', 0, 5), '%PDF-');
      assert.deepEqual(await drawSettingsPdf(sheet, lab.clock.now), pdf);
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

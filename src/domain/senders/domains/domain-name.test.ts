import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readDomainName } from '../index.ts';

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

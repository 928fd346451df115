import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import PostalMime, { addressParser } from 'postal-mime';
import {
  addressKey,
  domainOf,
  encodeWords,
  formatAddress,
  normaliseAddress,
  parseAddress,
  sameAddress,
} from './index.ts';

test('two spellings of one mailbox are the same, two mailboxes are not', () => {
  assert.ok(sameAddress('Anna@Example.COM', 'anna@example.com'));
  assert.ok(sameAddress('"anna"@example.com', 'anna@example.com'));
  assert.ok(sameAddress('a@bücher.example', 'a@XN--BCHER-KVA.example'));
  assert.ok(!sameAddress('a+b@example.com', 'a@example.com'));
  assert.ok(!sameAddress('a.b@example.com', 'ab@example.com'));
  assert.equal(addressKey('"A B"@x.ch'), '"a b"@x.ch');
  assert.equal(domainOf('a@Bücher.example'), 'xn--bcher-kva.example');
  assert.equal(domainOf('nothing'), '');
  assert.equal(normaliseAddress('Ä@bücher.example'), 'Ä@xn--bcher-kva.example');
});

test('a mailbox is written for a header as the RFCs want it', () => {
  assert.equal(formatAddress('', 'a@b.ch'), 'a@b.ch');
  assert.equal(formatAddress('Anna Muster', 'a@b.ch'), 'Anna Muster <a@b.ch>');
  assert.equal(formatAddress('Muster, Ltd "x"', 'a@b.ch'), '"Muster, Ltd \\"x\\"" <a@b.ch>');
  assert.equal(
    formatAddress('Müller', 'a@bücher.example'),
    '=?UTF-8?Q?M=C3=BCller?= <a@xn--bcher-kva.example>',
  );
  assert.equal(formatAddress('A\r\nBcc: x@y.ch', 'a@b.ch'), '"A Bcc: x@y.ch" <a@b.ch>');
  assert.throws(() => formatAddress('x', 'a@b.ch\r\nBcc: c@d.ch'), TypeError);
});

test('every name comes back from its header form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (raw) => {
      const name = raw
        .replace(/[\p{C}\s]/gu, ' ')
        .replace(/ +/g, ' ')
        .trim();
      const header = formatAddress(name, 'a@b.ch');
      assert.match(header, /^[ -~]*$/);
      for (const word of header.split(' '))
        assert.ok(word.length <= 75 || word.startsWith('"') || !word.startsWith('=?'));
      assert.deepEqual(addressParser(header), [{ name, address: 'a@b.ch' }]);
    }),
  );
});

test('encoded words are at most 75 characters and never cut a character', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), async (raw) => {
      const text = raw.replace(/[\p{C}\s]/gu, 'x');
      const encoded = encodeWords(text);
      for (const word of encoded.split(' ')) {
        assert.ok(word.length <= 75, word);
        assert.ok(
          !(await PostalMime.parse(`Subject: ${word}\r\n\r\n`)).subject?.includes('\ufffd') ||
            text.includes('\ufffd'),
        );
      }
      assert.equal((await PostalMime.parse(`Subject: ${encoded}\r\n\r\n`)).subject, text);
    }),
  );
});

test('an address with a name is read and written without loss', () => {
  const parsed = parseAddress('"O’Neil, 𝒜 (x)" <a@b.ch>');
  assert.ok(parsed.ok);
  assert.deepEqual(addressParser(formatAddress(parsed.address.name, parsed.address.address)), [
    { name: 'O’Neil, 𝒜 (x)', address: 'a@b.ch' },
  ]);
});

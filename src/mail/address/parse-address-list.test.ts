import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAddress, normaliseAddress, parseAddress, parseAddressList, sameAddress } from './index.ts';

const read = (text: string) => parseAddressList(text).addresses.map(({ name, address }) => [name, address]);
const reason = (text: string) => {
  const parsed = parseAddress(text);
  return parsed.ok ? 'ok' : parsed.reason;
};

test('what people type and paste is read', () => {
  assert.deepEqual(read('a@b.ch, c@d.ch;e@f.ch\n g@h.ch\r\ni@j.ch'), [
    ['', 'a@b.ch'],
    ['', 'c@d.ch'],
    ['', 'e@f.ch'],
    ['', 'g@h.ch'],
    ['', 'i@j.ch'],
  ]);
  assert.deepEqual(read('Anna <a@b.ch>, "Muster, Ltd" <c@d.ch>'), [
    ['Anna', 'a@b.ch'],
    ['Muster, Ltd', 'c@d.ch'],
  ]);
  assert.deepEqual(read('Müller, Hans <h@m.de>; Meier, Eva <e@m.de>'), [
    ['Müller, Hans', 'h@m.de'],
    ['Meier, Eva', 'e@m.de'],
  ]);
  assert.deepEqual(read('a@b.ch c@d.ch\te@f.ch'), [
    ['', 'a@b.ch'],
    ['', 'c@d.ch'],
    ['', 'e@f.ch'],
  ]);
  assert.deepEqual(read('A <a@b.ch> B <c@d.ch>'), [
    ['A', 'a@b.ch'],
    ['B', 'c@d.ch'],
  ]);
  assert.deepEqual(read('"john doe"@b.ch'), [['', '"john doe"@b.ch']]);
  assert.deepEqual(read('"a;b"@b.ch; "x <y@z>, \\"q\\"" <c@d.ch>'), [
    ['', '"a;b"@b.ch'],
    ['x <y@z>, "q"', 'c@d.ch'],
  ]);
  assert.deepEqual(read("mailto:a@b.ch; <c@d.ch>; 'e@f.ch'; g@h.ch."), [
    ['', 'a@b.ch'],
    ['', 'c@d.ch'],
    ['', 'e@f.ch'],
    ['', 'g@h.ch'],
  ]);
  assert.deepEqual(read('a@b.ch (Anna, (the) boss); Muster AG (Einkauf) <c@d.ch>; Eva e@f.ch'), [
    ['Anna, (the) boss', 'a@b.ch'],
    ['Muster AG (Einkauf)', 'c@d.ch'],
    ['Eva', 'e@f.ch'],
  ]);
  assert.deepEqual(read('\ufeff\u202aa@b.ch\u202c\u00a0'), [['', 'a@b.ch']]);
  assert.deepEqual(read("a@b.ch <a@b.ch>, 'x@y.ch' <x@y.ch>"), [
    ['', 'a@b.ch'],
    ['', 'x@y.ch'],
  ]);
});

test('what cannot be read says why, and keeps the rest', () => {
  assert.deepEqual(parseAddressList('a@b.ch, anna, c@').problems, [
    { text: 'anna', reason: 'missing_at' },
    { text: 'c@', reason: 'no_domain' },
  ]);
  assert.equal(parseAddressList('a@b.ch, anna').ok, false);
  assert.deepEqual(parseAddressList(' ,;\n').problems, [{ text: ',;', reason: 'empty' }]);
  assert.deepEqual(read('"open <a@b.ch>\nc@d.ch').at(-1), ['', 'c@d.ch']);
});

test('each reason is given for its own mistake', () => {
  const cases: [string, string][] = [
    ['', 'empty'],
    ['anna', 'missing_at'],
    ['anna@', 'no_domain'],
    ['@b.ch', 'bad_local'],
    ['a..b@c.ch', 'bad_local'],
    ['.a@c.ch', 'bad_local'],
    ['a b@c.ch', 'ok'],
    ['<a b@c.ch>', 'bad_local'],
    ['a@b@c.ch', 'bad_local'],
    ['a@-b.ch', 'bad_domain'],
    ['a@b_c.ch', 'bad_domain'],
    ['a@b..ch', 'bad_domain'],
    ['a@firma', 'bad_domain'],
    ['a@localhost', 'ok'],
    ['a@192.0.2.1', 'bad_domain'],
    ['a@0x7f.1', 'bad_domain'],
    ['a@１９２.0.2.1', 'bad_domain'],
    ['a@[192.0.2.1]', 'bad_domain'],
    ['a@b%2ech.ch', 'bad_domain'],
    ['a@xn--zz--.ch', 'bad_domain'],
    ['a@b .ch', 'bad_domain'],
    ['a@b.ch\r\nBcc: x@y.ch', 'control_character'],
    ['a\u0000@b.ch', 'control_character'],
    [`${'l'.repeat(64)}@b.ch`, 'ok'],
    [`${'l'.repeat(65)}@b.ch`, 'too_long'],
    [`${'é'.repeat(33)}@b.ch`, 'too_long'],
    [`a@${'d.'.repeat(125)}ch`, 'ok'],
    [`a@${'d.'.repeat(126)}ch`, 'too_long'],
    [`a@${'d'.repeat(64)}.ch`, 'bad_domain'],
  ];
  for (const [text, expected] of cases) assert.equal(reason(text), expected, JSON.stringify(text));
  assert.equal(parseAddress('a@[192.0.2.1]', { allowLiteral: true }).ok, true);
  assert.equal(parseAddress('a@[IPv6:2001:db8::1]', { allowLiteral: true }).ok, true);
  assert.equal(parseAddress('a@mailhost', { allowSingleLabel: true }).ok, true);
});

test('names in other scripts stay as typed and have a wire form', () => {
  const parsed = parseAddress('Grüße <post@bücher.example>');
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.address, { name: 'Grüße', address: 'post@bücher.example', needsSmtpUtf8: false });
  assert.equal(normaliseAddress('Post@BÜCHER.example'), 'Post@xn--bcher-kva.example');
  const eai = parseAddress('用户@例子.广告');
  assert.ok(eai.ok && eai.address.needsSmtpUtf8);
});

test('no text makes a control character survive, and nothing is dropped in silence', () => {
  const pieces = fc.constantFrom(
    'a@b.ch',
    '"',
    '<',
    '>',
    ',',
    ';',
    '\n',
    '\r',
    '\0',
    '(',
    ')',
    '\\',
    ' ',
    'é',
    '@',
    '=?utf-8?q?=0A?=',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
      ),
      (text) => {
        const { ok, addresses, problems } = parseAddressList(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not survive
        const isClean = (value: string) => !/[\u0000-\u001f\u007f]/.test(value);
        for (const { name, address } of addresses) {
          assert.ok(isClean(name) && isClean(address));
          assert.ok(isClean(formatAddress(name, address)));
          assert.ok(sameAddress(address, normaliseAddress(address)));
        }
        for (const problem of problems) assert.ok(isClean(problem.text));
        assert.ok(addresses.length + problems.length > 0);
        assert.equal(ok, problems.length === 0);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a list that was written by machine is read back, however it is separated', () => {
  const local = fc
    .stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}$/)
    .filter((text) => !text.startsWith("'"));
  const domain = fc.domain().filter((text) => text.length < 100);
  const name = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) =>
    text
      .replace(/[\p{C}\s]/gu, ' ')
      .replace(/ +/g, ' ')
      .trim(),
  );
  const mailbox = fc.record({ name: name.filter((text) => !/^'.*'$/.test(text)), local, domain });
  fc.assert(
    fc.property(
      fc.array(mailbox, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(',', ';', '\n', ' ; ', ',\r\n '),
      (boxes, separator) => {
        const text = boxes
          .map((box) => `"${box.name.replace(/["\\]/g, '\\$&')}" <${box.local}@${box.domain}>`)
          .join(separator);
        const expected = boxes.map((box) => [
          box.name === `${box.local}@${box.domain}` ? '' : box.name,
          `${box.local}@${box.domain}`,
        ]);
        assert.deepEqual(read(text), expected);
      },
    ),
  );
});

test('a megabyte of brackets is answered in time that grows with its length', () => {
  for (const unit of ['"', '(', '<', '>', '\\', 'a@', '@', ',', '"a" ', '( ', '<"']) {
    const from = Date.now();
    parseAddressList(unit.repeat(1_000_000 / unit.length));
    // Quadratic time would be minutes; the limit leaves room for a busy machine.
    assert.ok(Date.now() - from < 20_000, unit);
  }
});

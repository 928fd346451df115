import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { composeMail, encodeAttachment, type MailContent, mailBytes } from './index.ts';

const at = new Date('2025-01-01T10:00:00Z');

function content(change: Partial<MailContent['headers']> = {}, body: Partial<MailContent> = {}): MailContent {
  const from = { name: 'Muster AG', address: 'rechnung@muster.ch' };
  const to = [{ name: '', address: 'kunde@example.com' }];
  return {
    headers: { from, to, subject: 'Test', messageId: 'a@muster.ch', date: at, ...change },
    text: 'x',
    attachments: [],
    ...body,
  };
}

/** What holds for every mail: CRLF only, line lengths, no leading dot, 7 bits, the boundary once per part. */
function checkLines(bytes: Buffer, longest = 998): void {
  const text = bytes.toString('latin1');
  assert.ok(!/\r(?!\n)|(?<!\r)\n/.test(text), 'a bare CR or LF');
  assert.ok(text.endsWith('\r\n'));
  for (const line of text.split('\r\n')) {
    assert.ok(line.length <= longest, `${line.length}: ${line}`);
    assert.ok(!line.startsWith('.') && !line.startsWith('From '), line);
  }
  assert.ok(!/[^\r\n\x20-\x7e]/.test(text), 'not 7-bit');
}

const grapheme = fc.string({ unit: 'grapheme', maxLength: 300 });
const line = grapheme.map((text) =>
  text
    .replace(/[\p{C}\s]/gu, ' ')
    .replace(/ +/g, ' ')
    .trim(),
);
const awkward = fc.constantFrom(
  '.',
  '..\r\n.',
  '\n',
  '\r',
  '\r\n',
  'From ',
  ' ',
  '\t',
  '=',
  '=_',
  '--',
  'ä',
  '🧾',
  'מס',
  'x'.repeat(200),
  '\0',
  '-- \n',
);
const body = fc.oneof(
  grapheme,
  fc.array(awkward, { maxLength: 30 }).map((all) => all.join('')),
);
const file = fc.record({
  fileName: line,
  mediaType: fc.constantFrom('application/pdf', 'text/xml', 'nonsense', 'message/rfc822'),
  bytes: fc.uint8Array({ maxLength: 400 }),
});

test('any mail reads back with the same meaning and keeps to the line rules', async () => {
  const mailbox = fc.record({
    name: line,
    address: fc.constantFrom('a@b.ch', 'jörg@bücher.example', 'x.y+z@sub.example.com'),
  });
  const arbitrary = fc.record({
    from: mailbox,
    to: fc.array(mailbox, { minLength: 1, maxLength: 6 }),
    cc: fc.array(mailbox, { maxLength: 3 }),
    subject: line,
    text: fc.option(body),
    html: fc.option(body),
    files: fc.array(file, { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ from, to, cc, subject, text, html, files }) => {
      const attachments = files.map(encodeAttachment);
      const mail = composeMail(content({ from, to, cc, subject }, { text, html, attachments }));
      const bytes = mailBytes(mail);
      const needsUtf8 = [from, ...to, ...cc].some((box) => box.address.startsWith('jörg'));
      assert.equal(mail.needsSmtpUtf8, needsUtf8);
      if (!needsUtf8) checkLines(bytes);
      const read = await PostalMime.parse(bytes);
      const wire = (box: { name: string; address: string }) => ({
        ...box,
        address: box.address.replace('bücher', 'xn--bcher-kva'),
      });
      assert.deepEqual(read.from, wire(from));
      assert.deepEqual(read.to, to.map(wire));
      assert.deepEqual(read.cc ?? [], cc.map(wire));
      assert.equal(read.subject ?? '', subject);
      const same = (value: string) =>
        value
          .replace(/\r\n|\r|\n/g, '\n')
          .replace(/\n+$/, '')
          .replaceAll('\0', '\ufffd');
      if (text !== null || html === null) assert.equal(same(read.text ?? ''), same(text ?? ''));
      if (html !== null) assert.equal(same(read.html ?? ''), same(html));
      assert.equal(read.attachments.length, files.length);
      for (const [index, one] of read.attachments.entries()) {
        assert.equal(one.filename, attachments[index]?.fileName);
        assert.deepEqual(Buffer.from(one.content as ArrayBuffer), Buffer.from(files[index]?.bytes ?? []));
      }
    }),
    { numRuns: 400 },
  );
});

test('no value makes a header of its own', async () => {
  const nasty = fc
    .array(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        'Bcc: x@y.ch',
        '\r\n\r\n',
        'a',
        ' ',
        '\0',
        '\u2028',
        '\u0085',
        'é',
        '"',
        '>',
      ),
      { maxLength: 12 },
    )
    .map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(nasty, nasty, nasty, nasty, async (subject, name, value, fileName) => {
      const attachments = [encodeAttachment({ fileName, mediaType: value, bytes: new Uint8Array(3) })];
      const mail = composeMail(
        content(
          { subject, from: { name, address: 'a@b.ch' }, extra: [{ name: 'X-One', value }] },
          { attachments },
        ),
      );
      checkLines(mailBytes(mail));
      const read = await PostalMime.parse(mailBytes(mail));
      assert.deepEqual(
        read.headers.map((header) => header.key),
        ['from', 'to', 'subject', 'date', 'message-id', 'x-one', 'mime-version', 'content-type'],
      );
      assert.equal(read.attachments.length, 1);
    }),
  );
  for (const bad of ['a@b.ch\r\nBcc: c@d.ch', 'a@b.ch>, <c@d.ch', '']) {
    assert.throws(() => composeMail(content({ to: [{ name: '', address: bad }] })), TypeError);
  }
  for (const bad of ['Bcc', 'X\r\nBcc', 'X:', '', 'Content-Type', 'Ä']) {
    assert.throws(() => composeMail(content({ extra: [{ name: bad, value: 'x' }] })), TypeError);
  }
  for (const bad of ['a@b\r\nBcc: c@d', 'a b@c', 'abc', '<a@b><c@d>'])
    assert.throws(() => composeMail(content({ messageId: bad })), TypeError);
});

test('200 recipients and a subject of 3,000 characters fit into lines of 78', async () => {
  const to = Array.from({ length: 200 }, (_, index) => ({
    name: `Kundin Nº ${index}, die ${'Größte '.repeat(index % 9)}`.trim(),
    address: `k${index}@kundschaft-der-muster-ag.example`,
  }));
  const subject = 'Rechnung für die Überprüfung der Öltanks '.repeat(73).trim();
  const bytes = mailBytes(
    composeMail(
      content({ to, subject, references: Array.from({ length: 40 }, (_, i) => `<r${i}@muster.example>`) }),
    ),
  );
  checkLines(bytes, 78);
  const read = await PostalMime.parse(bytes);
  assert.deepEqual(read.to, to);
  assert.equal(read.subject, subject);
});

test('long ASCII without blanks is folded too', async () => {
  const subject = 'x'.repeat(3000);
  const bytes = mailBytes(
    composeMail(content({ subject, from: { name: 'y'.repeat(300), address: 'a@b.ch' } })),
  );
  checkLines(bytes, 78);
  assert.equal((await PostalMime.parse(bytes)).subject, subject);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { composeMail, encodeAttachment, mailBytes, readMail, splitHeaders } from './index.ts';

const raw = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'));

test('a mail of ours is read back', async () => {
  const from = { name: 'Müller', address: 'a@b.ch' };
  const attachments = [
    encodeAttachment({ fileName: 'ä.pdf', mediaType: 'application/pdf', bytes: Buffer.from('pdf') }),
  ];
  const headers = {
    from,
    to: [from],
    cc: [from],
    subject: 'Ü',
    messageId: 'm@b.ch',
    inReplyTo: '<r@b.ch>',
    references: ['q@b.ch', 'r@b.ch'],
    date: new Date(0),
  };
  const read = await readMail(mailBytes(composeMail({ headers, text: 'T', html: '<p>', attachments })));
  assert.ok(read.ok);
  const { headers: list, ...rest } = read.mail;
  assert.deepEqual(rest, {
    from,
    to: [from],
    cc: [from],
    subject: 'Ü',
    messageId: 'm@b.ch',
    inReplyTo: 'r@b.ch',
    references: ['q@b.ch', 'r@b.ch'],
    text: 'T\n',
    html: '<p>\n',
    attachments: [
      { name: 'ä.pdf', mediaType: 'application/pdf', bytes: Buffer.from('pdf'), contentId: undefined },
    ],
  });
  assert.deepEqual(list[0], { name: 'From', value: '=?UTF-8?Q?M=C3=BCller?= <a@b.ch>' });
});

test('headers with the names of object properties are only headers', async () => {
  const read = await readMail(
    raw('__proto__: x\nconstructor: y\nTo: a@b.ch\nSubject: =?utf-8?q?a=0D=0Ab=00?=\n\nx'),
  );
  assert.ok(read.ok);
  assert.deepEqual(
    read.mail.headers.map(({ name }) => name),
    ['__proto__', 'constructor', 'To', 'Subject'],
  );
  assert.equal(read.mail.subject, 'a  b');
  assert.equal(Object.getPrototypeOf(read.mail), Object.prototype);
});

test('a nested message is an attachment, and names from outside carry no path', async () => {
  const read = await readMail(
    raw(
      'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: in\n\nx\n--b\nContent-Type: a/b; name="../../etc/passwd"\nContent-Disposition: attachment\n\nx\n--b--',
    ),
  );
  assert.ok(read.ok);
  assert.deepEqual(
    read.mail.attachments.map(({ name, mediaType }) => [name, mediaType]),
    [
      ['attachment', 'message/rfc822'],
      ['.._.._etc_passwd', 'a/b'],
    ],
  );
});

test('what passes the limits is refused, and quickly', async () => {
  const reason = async (text: string, limits = {}) => {
    const read = await readMail(raw(text), limits);
    return read.ok ? 'ok' : read.reason;
  };
  const top = 'Content-Type: multipart/mixed; boundary=b\n\n';
  assert.equal(await reason('x'.repeat(101), { maxBytes: 100 }), 'too_large');
  assert.equal(await reason(`Subject: x\n\n${'\n'.repeat(300_000)}`), 'too_large');
  assert.equal(await reason(top + '--b\n'.repeat(40_000)), 'too_many_parts');
  assert.equal(await reason(top + '--b\nContent-Type: a/b\n\nx\n'.repeat(201)), 'too_many_parts');
  assert.equal(await reason(`X: ${'x'.repeat(300_000)}\n\n`), 'unreadable');
  const nested = Array.from(
    { length: 30 },
    (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`,
  ).join('');
  assert.equal(await reason(nested), 'unreadable');
});

test('no bytes make the reader throw or hang', async () => {
  const pieces = fc.constantFrom(
    'Content-Type: multipart/mixed; boundary=b\n',
    'Content-Type: text/html\n',
    '--b\n',
    '--b--\n',
    '\n',
    'To: ',
    '<a@b>',
    '=?utf-8?b?',
    '"',
    '(',
    'Content-Transfer-Encoding: base64\n',
    'charset=utf-7',
    ' x',
    '\0',
    'Content-Disposition: attachment; filename*0*=',
    "x''%ff",
    'message/rfc822\n',
    'References: ',
  );
  const mails = fc.oneof(
    fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
    fc.array(pieces, { maxLength: 60 }).map((all) => Buffer.from(all.join(''))),
  );
  await fc.assert(
    fc.asyncProperty(mails, async (bytes) => {
      const read = await readMail(bytes);
      splitHeaders(bytes);
      if (!read.ok) return;
      const { subject, from, to, cc, attachments, text = '', html = '' } = read.mail;
      const oneLiners = [
        subject,
        ...[from, ...to, ...cc].flatMap((box) => (box ? [box.name, box.address] : [])),
        ...attachments.map(({ name }) => name),
      ];
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not survive
      for (const value of oneLiners) assert.ok(!/[\u0000-\u001f]/.test(value), JSON.stringify(value));
      assert.ok(!text.includes('\0') && !html.includes('\0'));
    }),
    { numRuns: 1000 },
  );
});

test('headers are split off with either line end, with or without a body', () => {
  assert.deepEqual(splitHeaders(Buffer.from('A: 1\n B\r\nno header\nA: 2\n\nbody')), {
    headers: [
      { name: 'A', value: '1 B' },
      { name: 'A', value: '2' },
    ],
    bodyStart: 25,
  });
  assert.deepEqual(splitHeaders(Buffer.from('A: 1')), { headers: [{ name: 'A', value: '1' }], bodyStart: 4 });
  assert.deepEqual(splitHeaders(Buffer.from('\r\nx')), { headers: [], bodyStart: 2 });
});

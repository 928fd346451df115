import assert from 'node:assert/strict';
import { test } from 'node:test';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import {
  composeMail,
  encodeAttachment,
  encodeInline,
  type MailContent,
  mailBytes,
  mailChunks,
  mailSha256,
  mailSize,
} from './index.ts';

const at = new Date('2025-01-01T10:00:00Z');
const pdf = encodeAttachment({
  fileName: 'Rechnung.pdf',
  mediaType: 'application/pdf',
  bytes: Buffer.from('%PDF-1.7 test'),
});

function content(body: Partial<MailContent> = {}): MailContent {
  const from = { name: 'Muster AG', address: 'rechnung@muster.ch' };
  const to = [{ name: '', address: 'kunde@example.com' }];
  const headers = { from, to, subject: 'Test', messageId: 'a@muster.ch', date: at };
  return { headers, text: 'x', attachments: [], ...body };
}

test('pictures stand beside the HTML that shows them', async () => {
  const inline = [
    encodeInline({
      fileName: 'logo.png',
      mediaType: 'image/png',
      bytes: Buffer.from('png'),
      contentId: 'logo@x',
    }),
  ];
  const mail = composeMail(content({ html: '<img src="cid:logo@x">', inline, attachments: [pdf, pdf] }));
  const read = await PostalMime.parse(mailBytes(mail));
  assert.deepEqual(
    read.attachments.map((one) => [one.filename, one.disposition, one.contentId, one.related]),
    [
      ['logo.png', 'inline', '<logo@x>', true],
      ['Rechnung.pdf', 'attachment', undefined, undefined],
      ['Rechnung.pdf', 'attachment', undefined, undefined],
    ],
  );
  assert.equal(read.text?.trim(), 'x');
});

test('the same content gives the same bytes, and an archived head, parts and tail rebuild them', () => {
  const make = () => composeMail(content({ html: '<p>x</p>', attachments: [pdf, pdf] }));
  const mail = make();
  assert.deepEqual(mailBytes(make()), mailBytes(mail));
  const rebuilt = {
    head: Buffer.from(mail.head),
    parts: [{ bytes: pdf.bytes }, { bytes: pdf.bytes }],
    tail: Buffer.from(mail.tail),
  };
  assert.deepEqual(mailBytes(rebuilt), mailBytes(mail));
  assert.deepEqual(mailSha256(rebuilt), mailSha256(mail));
  assert.equal(mailSize(mail), mailBytes(mail).length);
  assert.ok(mailChunks(mail).includes(pdf.bytes), 'the attachment is shared, not copied');
});

test('a text that quotes a boundary of ours does not end its part', async () => {
  const boundary = /boundary="([^"]+)"/.exec(
    mailBytes(composeMail(content({ attachments: [pdf] }))).toString(),
  )?.[1];
  assert.ok(boundary);
  const text = `--${boundary}\r\nContent-Type: text/html\r\n\r\nforged\r\n--${boundary}--`;
  const read = await PostalMime.parse(
    mailBytes(composeMail(content({ text, html: text, attachments: [pdf] }))),
  );
  assert.equal(read.text?.trim(), text.replaceAll('\r\n', '\n'));
  assert.equal(read.attachments.length, 1);
});

test('a mail says the same as the one nodemailer makes', async () => {
  const from = { name: 'Müller, Söhne', address: 'a@bücher.example' };
  const to = [
    { name: 'שלום', address: 'c@d.example' },
    { name: '', address: 'e@f.example' },
  ];
  const [subject, text, html] = ['Angebot 🧾 für Sie', 'Grüße\n.\nEnde', '<p>Grüße</p>'];
  const file = {
    fileName: 'Angebot für Zoë.pdf',
    mediaType: 'application/pdf',
    bytes: Buffer.alloc(5000, 'äb'),
  };
  const theirs = await new MailComposer({
    from,
    to,
    subject,
    text,
    html,
    date: at,
    messageId: '<m@b.ch>',
    attachments: [{ filename: file.fileName, contentType: file.mediaType, content: file.bytes }],
  })
    .compile()
    .build();
  const ours = mailBytes(
    composeMail({
      headers: { from, to, subject, date: at, messageId: 'm@b.ch' },
      text,
      html,
      attachments: [encodeAttachment(file)],
    }),
  );
  const meaning = async (bytes: Buffer) => {
    const { headers, headerLines, ...rest } = await PostalMime.parse(bytes);
    return {
      ...rest,
      text: rest.text?.trim(),
      html: rest.html?.trim(),
      names: new Set(headers.map((header) => header.key)),
    };
  };
  assert.deepEqual(await meaning(ours), await meaning(theirs));
});

import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import {
  composeMail,
  encodeAttachment,
  encodeInline,
  type Mail,
  type MailContent,
  mailBytes,
} from '#mail/mime';
import { type DkimAlgorithm, dkimRecord, signMail, signMailInThread } from './index.ts';

const keys: Record<DkimAlgorithm, KeyObject> = {
  'rsa-sha256': generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  'ed25519-sha256': generateKeyPairSync('ed25519').privateKey,
};
const algorithms = Object.keys(keys) as DkimAlgorithm[];
const signer = (algorithm: DkimAlgorithm, selector = 's1') => ({
  domain: 'muster.ch',
  selector,
  privateKey: keys[algorithm],
  algorithm,
  at: new Date('2025-01-01T10:00:00Z'),
});

function compose(body: Partial<MailContent> = {}, subject = 'Rechnung für Sie'): Mail {
  const from = { name: 'Muster AG', address: 'a@muster.ch' };
  const extra = [
    { name: 'X-Mark', value: '1' },
    { name: 'X-Mark', value: '2' },
  ];
  const headers = {
    from,
    to: [{ name: '', address: 'c@d.ch' }],
    subject,
    messageId: 'm@muster.ch',
    date: new Date('2025-01-01T10:00:00Z'),
    extra,
  };
  return composeMail({ headers, text: 'Guten Tag\n\n\n', attachments: [], ...body });
}

/** Asks mailauth, with the records of our keys as its DNS. */
async function verify(bytes: Buffer): Promise<string[]> {
  const resolver = async (name: string) => [
    [dkimRecord(keys[name.startsWith('ed') ? 'ed25519-sha256' : 'rsa-sha256'])],
  ];
  const { results } = await dkimVerify(bytes, { resolver, curTime: new Date('2025-01-01T10:00:05Z') });
  return results.map(({ status }: { status: { result: string } }) => status.result);
}

const selector = (algorithm: DkimAlgorithm) => (algorithm === 'rsa-sha256' ? 'rsa1' : 'ed1');

test('an independent verifier accepts any mail that is signed', async () => {
  const text = fc
    .array(fc.constantFrom('a', ' ', '  ', '\t', '\n', '\r\n', '.', 'ü', ' \n', '=', 'x'.repeat(90)), {
      maxLength: 40,
    })
    .map((all) => all.join(''));
  const name = fc
    .array(fc.constantFrom('a', ' ', '  ', 'ü', 'long '.repeat(15), '.pdf', '"', '=?'), { maxLength: 8 })
    .map((all) => all.join(''));
  const files = fc.array(
    fc.record({
      fileName: name,
      mediaType: fc.constant('application/pdf'),
      bytes: fc.uint8Array({ maxLength: 300 }),
    }),
    { maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.option(text),
      text,
      files,
      fc.constantFrom(...algorithms),
      async (plain, html, subject, all, algorithm) => {
        const inline = [
          encodeInline({
            fileName: 'l.png',
            mediaType: 'image/png',
            bytes: new Uint8Array(9),
            contentId: 'l',
          }),
        ];
        const mail = compose({ text: plain, html, inline, attachments: all.map(encodeAttachment) }, subject);
        assert.deepEqual(await verify(mailBytes(signMail(mail, signer(algorithm, selector(algorithm))))), [
          'pass',
        ]);
      },
    ),
    { numRuns: 150 },
  );
});

test('two signatures stand side by side, and the thread makes the same one', async () => {
  const mail = compose({
    attachments: [
      encodeAttachment({ fileName: 'a.pdf', mediaType: 'application/pdf', bytes: new Uint8Array(500) }),
    ],
  });
  const rsa = signer('rsa-sha256', 'rsa1');
  const once = signMail(mail, rsa);
  assert.deepEqual(mailBytes(await signMailInThread(mail, rsa)), mailBytes(once));
  const twice = await signMailInThread(once, signer('ed25519-sha256', 'ed1'));
  assert.deepEqual(await verify(mailBytes(twice)), ['pass', 'pass']);
  assert.equal(twice.parts, mail.parts);
  for (const line of twice.head.toString('latin1').split('\r\n')) assert.ok(line.length <= 78, line);
});

test('one changed octet, or one added header, breaks the signature', async () => {
  const mail = compose({
    html: '<p>x</p>',
    attachments: [
      encodeAttachment({
        fileName: 'a.pdf',
        mediaType: 'application/pdf',
        bytes: Buffer.alloc(600, 'invoice'),
      }),
    ],
  });
  const signed = mailBytes(signMail(mail, signer('ed25519-sha256', 'ed1')));
  const unsignedLength = mailBytes(mail).length;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: signed.length - unsignedLength, max: signed.length - 3 }),
      async (at) => {
        const changed = Buffer.from(signed);
        changed[at] = changed[at] === 0x41 ? 0x42 : 0x41;
        // Relaxed canonicalisation lowers the case of header names; only there a change may go unseen.
        if (changed.toString('latin1').toLowerCase() === signed.toString('latin1').toLowerCase()) return;
        assert.ok(!(await verify(changed)).includes('pass'), `octet ${at}`);
      },
    ),
    { numRuns: 150 },
  );
  for (const name of [
    'From',
    'To',
    'Cc',
    'Subject',
    'Date',
    'Message-ID',
    'Reply-To',
    'Content-Type',
    'In-Reply-To',
    'References',
  ]) {
    assert.ok(
      !(await verify(Buffer.concat([Buffer.from(`${name}: x@y.ch\r\n`), signed]))).includes('pass'),
      name,
    );
  }
});

test('a key that does not fit, a short one and a crooked domain are refused', () => {
  const mail = compose();
  const short = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
  assert.throws(
    () => signMail(mail, { ...signer('rsa-sha256'), privateKey: keys['ed25519-sha256'] }),
    TypeError,
  );
  assert.throws(() => signMail(mail, { ...signer('rsa-sha256'), privateKey: short }), TypeError);
  for (const domain of ['', 'a b', 'a;d=b', 'a\r\nb', 'ü.ch'])
    assert.throws(() => signMail(mail, { ...signer('rsa-sha256'), domain }), TypeError);
});

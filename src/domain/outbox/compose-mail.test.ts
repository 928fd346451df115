import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { composeMail, encodedParts } from './compose-mail.ts';
import type { Letter } from './letter-table.ts';
import type { Message } from './message.ts';

const now = new Date('2026-11-27T08:00:00Z');
const letter = {
  companyId: 'com_1',
  fromName: 'Vautrin',
  fromAddress: 'invoices@vautrin.example',
  replyTo: null,
  to: [{ name: '', address: 'els@peeters.example' }],
  cc: [],
  subject: 'Invoice',
  text: 'Good day',
  html: '<p>Good day</p>',
  attachments: [],
} as unknown as Letter;
const message = {
  id: 'msg_1',
  companyId: 'com_1',
  internetId: 'abc@vautrin.example',
} as unknown as Message;
const noFiles = {} as Parameters<typeof encodedParts>[0];

async function headOf(checkpoint: Buffer | null): Promise<string> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signer = {
    domain: 'vautrin.example',
    selector: 's1',
    privateKey,
    algorithm: 'rsa-sha256',
    at: now,
  } as const;
  const links = {} as never;
  const composition = { message, letter, links, replyTo: null, mark: 'm', checkpoint, signers: [signer] };
  const mail = await composeMail(encodedParts(noFiles, 0), composition, now);
  const [head = ''] = Buffer.concat([...mail.chunks])
    .toString('latin1')
    .split('\r\n\r\n');
  return head.replace(/\r\n[ \t]+/g, ' ');
}

test('the hash of the newest checkpoint leaves with the mail, under its DKIM signature', async () => {
  const checkpoint = Buffer.alloc(32, 7);
  const head = await headOf(checkpoint);
  const signed = /^DKIM-Signature: .*\bh=([^;]+);/m.exec(head)?.[1] ?? '';
  assert.ok(
    signed
      .split(':')
      .map((name) => name.trim())
      .includes('x-envoi-checkpoint'),
    signed,
  );
  assert.equal(/^X-Envoi-Checkpoint: (\S+)$/m.exec(head)?.[1], checkpoint.toString('base64url'));
});

test('a log without a checkpoint adds no header', async () => {
  assert.doesNotMatch(await headOf(null), /X-Envoi-Checkpoint/i);
});

import { z } from '@hono/zod-openapi';
import {
  type IncamailAccount,
  markings,
  type ReceiptRow,
  type ReceiptVerdict,
  type UntiedReceipt,
} from '#domain/registered';
import type { Sender } from '#domain/senders';
import { instant, iso } from './common.ts';

const security = z.enum(['implicit', 'starttls', 'opportunistic', 'none']);
const text = (most: number) => z.string().max(most);

const settings = {
  isActive: z.boolean().openapi({ description: 'off: its services are offered nowhere' }),
  address: text(320).openapi({ description: 'mails go out from it, receipts come to it' }),
  user: text(320),
  host: text(300),
  port: z.int(),
  security,
  verifyCertificate: z.boolean().default(true),
  marking: z.enum(markings).openapi({ description: 'how the provider is told the service of a mail' }),
  headerName: text(100).default('').openapi({ description: 'with marking `header`' }),
  suffix: text(300).default('').openapi({ description: 'put after addresses', example: '.incamail.ch' }),
  receiptsFrom: z.array(text(320)).max(20).openapi({ description: 'addresses or domains of receipts' }),
  roots: text(100_000)
    .default('')
    .openapi({ description: 'PEM: whom you trust to issue their certificates' }),
  mostBytes: z.int().openapi({ description: 'of a whole mail', example: 31457280 }),
};

export const incamailInput = z
  .strictObject({
    ...settings,
    password: text(1024).optional().openapi({ description: 'absent: as it was' }),
  })
  .openapi('IncamailInput');

export const incamailShape = z
  .object({
    ...settings,
    senderId: z.string(),
    hasPassword: z.boolean(),
    state: z.enum(['unchecked', 'valid', 'broken']),
    problem: z.string().nullable(),
  })
  .openapi('Incamail');

export type IncamailJson = z.input<typeof incamailShape>;

/** The account as programs see it; its password is never given out. */
export function showIncamail(account: IncamailAccount, sender: Sender | null): IncamailJson {
  const known = sender?.method === 'smtp' ? sender : null;
  return {
    ...account,
    receiptsFrom: [...account.receiptsFrom],
    address: known?.address ?? '',
    user: known?.settings.user ?? '',
    host: known?.settings.host ?? '',
    port: known?.settings.port ?? 0,
    security: known?.settings.security ?? 'starttls',
    verifyCertificate: known?.settings.verifyCertificate ?? true,
    hasPassword: known?.hasPassword ?? false,
    state: known?.state ?? 'broken',
    problem: known?.problem ?? null,
  };
}

const times = { claimedAt: z.string().nullable(), stampedAt: z.string().nullable() };

const said = {
  id: z.string(),
  provider: z.string(),
  kind: z.enum(['submitted', 'accepted', 'refused', 'expired', 'undeliverable', 'blocked', 'unknown']),
  signature: z.object({
    result: z.enum(['valid', 'unknown_root', 'unconfirmed', 'unsigned', 'no_pdf']),
    ...times,
    signer: z.string().nullable().openapi({ description: 'the last one, where several have signed' }),
    issuer: z.string().nullable(),
    signers: z
      .array(z.object({ signer: z.string(), issuer: z.string(), ...times, trusted: z.boolean() }))
      .optional()
      .openapi({ description: 'all who signed, first to last' }),
    addedAfter: z.int().optional().openapi({
      description: 'bytes that came into the PDF after the last signature; nothing is read from them',
    }),
    why: z.string().nullable(),
  }),
  mailSha256: z.string(),
  pdfSha256: z.string().nullable(),
  receivedAt: instant,
};

export const receiptShape = z
  .object({
    ...said,
    messageId: z.string(),
    kindFrom: z.enum(['pdf', 'mail', 'neither']),
    matchedBy: z
      .enum(['message_id', 'address', 'person'])
      .openapi({ description: '`person`: somebody tied it by hand' }),
    counted: z.boolean().openapi({ description: 'whether the state of the delivery follows it' }),
  })
  .openapi('ProviderReceipt');

export const untiedShape = z
  .object({ ...said, from: z.string(), subject: z.string() })
  .openapi('UntiedReceipt');

export function showReceipt(row: ReceiptRow): z.input<typeof receiptShape> {
  return {
    id: row.id,
    messageId: row.message_id,
    provider: row.provider,
    kind: row.kind,
    kindFrom: row.kind_from,
    matchedBy: row.matched_by,
    counted: row.counted,
    signature: showVerdict(row.verdict),
    mailSha256: row.mail_sha256,
    pdfSha256: row.pdf_sha256,
    receivedAt: iso(row.received_at),
  };
}

export function showUntied(row: UntiedReceipt): z.input<typeof untiedShape> {
  return {
    id: row.id,
    provider: row.provider,
    kind: row.kind,
    signature: showVerdict(row.verdict),
    mailSha256: row.mail_sha256,
    pdfSha256: row.pdf_sha256,
    from: row.from_address,
    subject: row.subject,
    receivedAt: iso(row.received_at),
  };
}

function showVerdict({ signers, ...verdict }: ReceiptVerdict): z.input<typeof receiptShape>['signature'] {
  return signers ? { ...verdict, signers: signers.map((one) => ({ ...one })) } : verdict;
}

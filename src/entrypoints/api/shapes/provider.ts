import { z } from '@hono/zod-openapi';
import { type IncamailAccount, markings, type ReceiptRow } from '#domain/registered';
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

export const receiptShape = z
  .object({
    id: z.string(),
    messageId: z.string(),
    provider: z.string(),
    kind: z.enum(['submitted', 'accepted', 'refused', 'expired', 'undeliverable', 'blocked', 'unknown']),
    kindFrom: z.enum(['pdf', 'mail', 'neither']),
    counted: z.boolean().openapi({ description: 'whether the state of the delivery follows it' }),
    signature: z.object({
      result: z.enum(['valid', 'unknown_root', 'unconfirmed', 'unsigned', 'no_pdf']),
      signer: z.string().nullable(),
      issuer: z.string().nullable(),
      claimedAt: z.string().nullable(),
      stampedAt: z.string().nullable(),
      why: z.string().nullable(),
    }),
    mailSha256: z.string(),
    pdfSha256: z.string().nullable(),
    receivedAt: instant,
  })
  .openapi('ProviderReceipt');

export function showReceipt(row: ReceiptRow): z.input<typeof receiptShape> {
  return {
    id: row.id,
    messageId: row.message_id,
    provider: row.provider,
    kind: row.kind,
    kindFrom: row.kind_from,
    counted: row.counted,
    signature: row.verdict,
    mailSha256: row.mail_sha256,
    pdfSha256: row.pdf_sha256,
    receivedAt: iso(row.received_at),
  };
}

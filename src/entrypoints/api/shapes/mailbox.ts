import { z } from '@hono/zod-openapi';
import type { Mailbox } from '#domain/returns';
import { maybeInstant, maybeIso } from './common.ts';

const security = z
  .enum(['implicit', 'starttls', 'none'])
  .openapi({ description: 'TLS from the start (port 993), after the greeting (143), or none' });

export const mailboxInput = z
  .strictObject({
    host: z.string().max(300).optional(),
    port: z.number().int().optional(),
    security: security.optional(),
    user: z.string().max(300).nullish().openapi({ description: 'absent: the user for sending' }),
    password: z
      .string()
      .max(1000)
      .nullable()
      .optional()
      .openapi({ description: 'absent: as it was; null: the password for sending' }),
    verifyCertificate: z.boolean().optional(),
    keepSent: z.boolean().optional().openapi({
      description: 'files one copy of each dispatch from now on in its Sent folder; absent: as it was',
    }),
  })
  .openapi('MailboxInput');

export const mailboxShape = z
  .object({
    senderId: z.string(),
    host: z.string(),
    port: z.number(),
    security,
    user: z.string().nullable(),
    hasPassword: z.boolean().openapi({ description: 'false: the password for sending is used' }),
    verifyCertificate: z.boolean(),
    keepsSent: z.boolean().openapi({ description: 'a copy of each dispatch goes into its Sent folder' }),
    state: z.enum(['unchecked', 'working', 'broken']),
    problem: z.string().nullable(),
    checkedAt: maybeInstant,
  })
  .openapi('Mailbox');

/** A mailbox as programs see it. */
export function showMailbox(mailbox: Mailbox): z.input<typeof mailboxShape> {
  const { companyId: _own, checkedAt, ...shown } = mailbox;
  return { ...shown, checkedAt: maybeIso(checkedAt) };
}

import { z } from '@hono/zod-openapi';
import { isHouseSender, isProviderSender, type Sender, type SenderCheck, tlsPolicies } from '#domain/senders';
import { instant, iso, maybeInstant, maybeIso } from './common.ts';

const security = z
  .enum(['implicit', 'starttls', 'opportunistic', 'none'])
  .openapi({ description: '`implicit`: TLS from the first byte; `starttls`: STARTTLS or nothing' });

const settings = {
  host: z.string().max(300),
  port: z.number().int().optional(),
  security,
  user: z.string().max(400).nullish(),
  verifyCertificate: z.boolean().optional(),
  maxConnections: z.number().int().optional(),
};
const password = z.string().max(2000).optional().openapi({ description: 'kept encrypted, never shown' });
const tls = z.enum(tlsPolicies).openapi({
  description:
    'how well the way to the recipient must be protected: whatever is offered, any TLS, TLS with a good certificate; the last two never fall back',
});
const count = z.number().int().nullable();
const limits = { perMinute: count, perHour: count, perDay: count };
const usesMailbox = z.boolean().openapi({
  description:
    'with `google` and `microsoft`: its mailbox may be opened by IMAP, to see what comes back and to keep one copy in Sent',
});
const identity = { name: z.string().max(400).optional(), replyTo: z.string().max(400).nullish() };

export const newSender = z
  .strictObject({
    method: z.enum(['smtp', 'platform', 'domain', 'google', 'microsoft', 'open', 'sandbox']),
    address: z.string().max(400).default('').openapi({ description: 'not needed for `platform`' }),
    ...identity,
    settings: z.strictObject(settings).optional(),
    viaSenderId: z.string().max(100).optional().openapi({
      description: 'with `smtp`, instead of `settings`: uses server and password of that sender',
    }),
    tls: tls.optional(),
    limits: z.strictObject(limits).partial().optional(),
    usesMailbox: usesMailbox.optional(),
    password,
  })
  .openapi('NewSender');

export const senderEdit = z
  .strictObject({
    address: z.string().max(400).optional(),
    ...identity,
    settings: z.strictObject(settings).partial().optional(),
    tls: tls.optional(),
    limits: z.strictObject(limits).partial().optional(),
    usesMailbox: usesMailbox.optional(),
    password,
    isDefault: z
      .literal(true)
      .optional()
      .openapi({ description: 'makes it the sender that is used unless another is chosen' }),
  })
  .openapi('SenderEdit');

export const senderShape = z
  .object({
    id: z.string().openapi({ example: 'snd_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    method: z.enum(['smtp', 'sandbox', 'platform', 'domain', 'google', 'microsoft', 'open']),
    name: z.string(),
    address: z.string(),
    replyTo: z.string().nullable(),
    replyToConfirmed: z.boolean().openapi({
      description:
        'false: in another domain than `address`; answers go to whoever sends until its code has come back',
    }),
    viaSenderId: z.string().nullable().openapi({ description: 'whose server and password it uses' }),
    state: z.enum(['unchecked', 'valid', 'broken']),
    problem: z.string().nullable(),
    checkedAt: maybeInstant,
    isDefault: z.boolean(),
    settings: z
      .object({
        host: z.string(),
        port: z.number().int(),
        security,
        user: z.string().nullable(),
        verifyCertificate: z.boolean(),
        maxConnections: z.number().int(),
      })
      .nullable()
      .openapi({ description: 'of a server of your own; null for all others' }),
    limits: z.object(limits).openapi({ description: 'what is over one waits for its turn' }),
    tls: tls.nullable().openapi({ description: 'of senders that leave through the installation' }),
    usesMailbox: usesMailbox.nullable(),
    hasPassword: z.boolean(),
    connectPath: z.string().nullable().openapi({
      description:
        'with `google` and `microsoft`: the page of this installation on which the owner of the account connects it (again), signed in as an owner of the company',
    }),
    createdAt: instant,
  })
  .openapi('Sender');

export type SenderJson = z.input<typeof senderShape>;

/** A sender as programs see it: without its password. */
export function showSender(sender: Sender): SenderJson {
  const { id, method, name, address, replyTo, state, problem, isDefault } = sender;
  return {
    id,
    method,
    name,
    address,
    replyTo,
    replyToConfirmed: sender.replyToProven,
    viaSenderId: sender.viaSenderId,
    state,
    problem,
    checkedAt: maybeIso(sender.checkedAt),
    isDefault,
    settings: sender.method === 'smtp' ? { ...sender.settings } : null,
    tls: isHouseSender(sender) ? sender.tls : null,
    limits: { ...sender.limits },
    usesMailbox: isProviderSender(sender) ? sender.usesMailbox : null,
    hasPassword: sender.method === 'smtp' && sender.hasPassword,
    connectPath: isProviderSender(sender) ? `/settings/senders/${id}/connect` : null,
    createdAt: iso(sender.createdAt),
  };
}

const part = z
  .enum(['address', 'reply_to'])
  .openapi({ description: 'the address that e-mails leave from, or the one that answers go to' });

export const codeOrder = z.strictObject({ part });
export const codeGiven = z.strictObject({ part, code: z.string().max(40) });
export const codeMailed = z.object({ address: z.string() }).openapi('CodeMailed');

export const senderCheckShape = z
  .object({
    works: z.boolean(),
    problem: z.string().nullable().openapi({ description: 'why not, as a stable word' }),
    steps: z.array(
      z.object({
        step: z.string(),
        ok: z.boolean(),
        ms: z.number(),
        problem: z.string().nullable(),
        answer: z.string().nullable().openapi({ description: 'what the server said' }),
      }),
    ),
    transcript: z.array(
      z.object({ from: z.enum(['client', 'server', 'note']), text: z.string(), atMs: z.number() }),
    ),
    testMail: z
      .object({ accepted: z.boolean(), problem: z.string().nullable(), answer: z.string() })
      .nullable(),
    sender: senderShape,
  })
  .openapi('SenderCheck');

/** What a check found; secrets are not in it. */
export function showCheck(check: SenderCheck, sender: Sender): z.input<typeof senderCheckShape> {
  return {
    works: check.works,
    problem: check.problem,
    steps: check.steps.map(({ step, ok, ms, problem, reply, error }) => ({
      step,
      ok,
      ms: Math.round(ms),
      problem,
      answer: reply ? `${reply.code} ${reply.lines.join('\n')}` : (error?.message ?? null),
    })),
    transcript: check.transcript.map(({ from, text, atMs }) => ({ from, text, atMs: Math.round(atMs) })),
    testMail: check.testMail,
    sender: showSender(sender),
  };
}

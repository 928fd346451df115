import { z } from '@hono/zod-openapi';
import { type DomainKey, removableFrom, type SendingDomain } from '#domain/senders';
import { instant, iso, maybeInstant, maybeIso } from './common.ts';

export const newDomain = z
  .strictObject({
    name: z.string().max(1000).openapi({ example: 'vautrin.example', description: 'the domain alone' }),
    ed25519: z
      .boolean()
      .optional()
      .openapi({ description: 'adds a second signature for receivers that know Ed25519' }),
  })
  .openapi('NewDomain');

export const domainEdit = z
  .strictObject({
    fallbackSenderId: z
      .string()
      .max(100)
      .nullish()
      .openapi({ description: 'sends instead while the domain is broken; null: mail is held' }),
    rotateKey: z
      .literal(true)
      .optional()
      .openapi({ description: 'signs with the spare key from now on, and makes a new spare' }),
  })
  .openapi('DomainEdit');

const purposes = [
  'dkim',
  'dkim_spare',
  'dkim_ed25519',
  'return_path_mx',
  'return_path_spf',
  'dmarc',
  'spf',
] as const;

const recordShape = z
  .object({
    purpose: z.enum(purposes),
    type: z.enum(['TXT', 'MX']),
    name: z.string(),
    expected: z.string(),
    found: z.array(z.string()),
    valid: z.boolean(),
    required: z.boolean().openapi({ description: 'without it no mail is sent from the domain' }),
    problem: z.string().nullable().openapi({ description: 'why it is not valid, as a stable word' }),
    asked: z
      .object({ server: z.string(), isOwnServer: z.boolean(), ttl: z.number().int() })
      .nullable()
      .openapi({ description: 'who answered, and for how many seconds others keep that answer' }),
    policy: z
      .enum(['none', 'quarantine', 'reject'])
      .nullable()
      .openapi({ description: 'of DMARC: what receivers are asked to do' }),
  })
  .openapi('DomainRecord');

const keyShape = z.object({
  selector: z.string(),
  algorithm: z.string(),
  state: z.enum(['signing', 'spare', 'old', 'gone']),
  signingSince: maybeInstant,
  removableFrom: maybeInstant.openapi({
    description: 'of an old key: from then on its record may be deleted',
  }),
});

export const domainShape = z
  .object({
    id: z.string().openapi({ example: 'dom_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    name: z.string().openapi({ description: 'in ASCII (A-labels)' }),
    state: z.enum(['pending', 'valid', 'warning', 'broken']),
    records: z.array(recordShape),
    keys: z.array(keyShape),
    fallbackSenderId: z.string().nullable(),
    checkedAt: maybeInstant,
    createdAt: instant,
  })
  .openapi('Domain');

export function showDomain(domain: SendingDomain): z.input<typeof domainShape> {
  return {
    id: domain.id,
    name: domain.name,
    state: domain.state,
    records: domain.records.map(({ policy, ...record }) => ({
      ...record,
      found: [...record.found],
      policy: policy ?? null,
    })),
    keys: domain.keys.map(showKey),
    fallbackSenderId: domain.fallbackSenderId,
    checkedAt: maybeIso(domain.checkedAt),
    createdAt: iso(domain.createdAt),
  };
}

function showKey(key: DomainKey): z.input<typeof keyShape> {
  const { selector, algorithm, state, signingSince } = key;
  return {
    selector,
    algorithm,
    state,
    signingSince: maybeIso(signingSince),
    removableFrom: maybeIso(removableFrom(key)),
  };
}

import { z } from '@hono/zod-openapi';
import { type RuleTrial, ruleSources, type SendRule } from '#domain/automatic';
import { documentKinds } from '#domain/documents';
import { instant, iso, maybeInstant, maybeIso } from './common.ts';

const word = z.string().max(100);
const kind = z.enum(documentKinds);
const fields = {
  name: z.string().max(200),
  isActive: z.boolean(),
  kinds: z.array(kind).max(20).openapi({ description: 'empty: every kind' }),
  customerIds: z.array(word).max(200).openapi({ description: 'empty: every customer' }),
  categories: z.array(word).max(200).openapi({ description: 'of the customer; empty: every one' }),
  sources: z.array(z.enum(ruleSources)).max(5).openapi({ description: 'how the document came in' }),
  senderId: z.string().nullable().openapi({ description: 'null: as the company’s rule says' }),
  waitMinutes: z.int().openapi({ description: 'so long it can still be canceled' }),
  officeHours: z.boolean().openapi({ description: 'working days from 8 to 18 h of the company’s zone' }),
};

export const sendRuleEdit = z.strictObject(fields).partial();
export const newSendRule = sendRuleEdit.required({ name: true });

export const sendRuleShape = z
  .object({
    id: z.string().openapi({ example: 'rul_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    ...fields,
    setBy: z.string().openapi({ description: 'in whose name it sends' }),
    createdAt: instant,
    changedAt: instant,
  })
  .openapi('SendRule');

export type SendRuleJson = z.input<typeof sendRuleShape>;

export function showSendRule(rule: SendRule): SendRuleJson {
  const { id, name, isActive, senderId, waitMinutes, officeHours } = rule;
  return {
    ...{ id, name, isActive, senderId, waitMinutes, officeHours },
    kinds: [...rule.kinds],
    customerIds: [...rule.customerIds],
    categories: [...rule.categories],
    sources: [...rule.sources],
    setBy: rule.author.name,
    createdAt: iso(rule.createdAt),
    changedAt: iso(rule.changedAt),
  };
}

export const trialOrder = z.strictObject({ documentId: word });

export const trialShape = z
  .object({
    wouldSend: z.boolean(),
    whyNot: z.string().nullable().openapi({ example: 'other_kind' }),
    takenBy: z.string().nullable().openapi({ description: 'the rule before it that takes the document' }),
    to: z.array(z.string()),
    cc: z.array(z.string()),
    senderAddress: z.string().nullable(),
    senderReason: z.string().nullable(),
    templateId: z.string().nullable().openapi({ description: 'null: the built-in text' }),
    language: z.string(),
    subject: z.string(),
    sendAt: maybeInstant,
    problems: z.array(z.object({ path: z.string(), reason: z.string(), value: z.string().nullable() })),
  })
  .openapi('SendRuleTrial');

export function showTrial({ draft, ...trial }: RuleTrial): z.input<typeof trialShape> {
  const addresses = (role: 'to' | 'cc'): string[] =>
    draft.addressees.filter((one) => one.role === role).map((one) => one.address);
  const { whyNot, takenBy, problems } = trial;
  return {
    wouldSend: whyNot === null && takenBy === null && problems.length === 0,
    ...{ whyNot, takenBy },
    to: addresses('to'),
    cc: addresses('cc'),
    senderAddress: draft.sender?.address ?? null,
    senderReason: draft.senderReason,
    templateId: draft.template?.id ?? null,
    language: draft.language,
    subject: draft.subject,
    sendAt: maybeIso(trial.sendAt),
    problems: problems.map(({ path, reason, value }) => ({ path, reason, value: value ?? null })),
  };
}

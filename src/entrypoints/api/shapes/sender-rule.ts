import { z } from '@hono/zod-openapi';
import { senderRules } from '#domain/senders';

const rule = z.enum(senderRules).openapi({
  description:
    '`at_send`: the default, unless a dispatch names another; `per_user`, `per_kind`: as assigned here; `per_template`: the one that the text is tied to',
});
const senderId = z.string().max(100);
const assignments = z.record(z.string().max(100), senderId);

const users = assignments.openapi({ description: 'user id → sender id; a key sends as the owner' });
const kinds = assignments.openapi({
  description: 'kind of document → sender id',
  example: { quote: 'snd_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' },
});

export const senderRulePut = z
  .strictObject({
    rule,
    users: users.optional(),
    kinds: kinds.optional(),
    templates: z
      .record(z.string().max(100), senderId.nullable())
      .optional()
      .openapi({ description: 'template id → sender id; null takes the tie away' }),
  })
  .openapi('SenderRulePut', { description: 'what is absent stays' });

export type SenderRulePut = z.output<typeof senderRulePut>;

export const senderRuleShape = z
  .object({
    rule,
    users,
    kinds,
    templates: assignments.openapi({ description: 'template id → sender id' }),
  })
  .openapi('SenderRule');

import { z } from '@hono/zod-openapi';
import { decimal } from './common.ts';

const states = ['due', 'later', 'stopped'] as const;

/** By what a batch of reminders is selected by hand. */
export const reminderSelection = {
  state: z.enum(states).optional(),
  overdueDays: z.coerce
    .number()
    .int()
    .min(0)
    .max(3650)
    .optional()
    .openapi({ description: 'due at least so many days ago' }),
  amount: decimal.max(30).optional().openapi({ description: 'at least so much is open' }),
  customer: z.string().max(200).optional().openapi({ description: 'part of the customer’s name' }),
  category: z.string().max(100).optional().openapi({ description: 'the customer’s category' }),
};

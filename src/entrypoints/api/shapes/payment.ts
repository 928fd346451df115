import { z } from '@hono/zod-openapi';
import { type BankImport, entryStates, type KnownEntry, type OpenMoney } from '#domain/payments';
import { day, decimal, instant, iso } from './common.ts';

export const bankImportShape = z
  .object({
    id: z.string().openapi({ example: 'bim_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    fileName: z.string(),
    format: z.enum(['camt', 'csv']),
    account: z.string().nullable(),
    entries: z.number().int().openapi({ description: 'how many amounts came in' }),
    newEntries: z.number().int().openapi({ description: 'of these, in no earlier file' }),
    outgoing: z.number().int().openapi({ description: 'money that went out; it is left aside' }),
    unreadable: z.number().int().openapi({ description: 'lines that could not be read' }),
    lastBookedOn: day.nullable(),
    createdAt: instant,
  })
  .openapi('BankImport');

export function showImport(one: BankImport): z.input<typeof bankImportShape> {
  const { id, fileName, format, account, entries, newEntries, outgoing, unreadable, lastBookedOn } = one;
  const counts = { entries, newEntries, outgoing, unreadable };
  return { id, fileName, format, account, ...counts, lastBookedOn, createdAt: iso(one.createdAt) };
}

const proposalShape = z
  .object({
    documentIds: z.array(z.string()),
    because: z.array(z.enum(['number', 'amount', 'name', 'part'])),
    certainty: z.enum(['sure', 'likely', 'possible']),
  })
  .openapi('PaymentProposal');

export const bankEntryShape = z
  .object({
    id: z.string().openapi({ example: 'bke_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    importId: z.string(),
    bookedOn: day,
    amount: decimal,
    currency: z.string().nullable(),
    name: z.string().openapi({ description: 'who paid, as the bank says' }),
    text: z.string(),
    state: z.enum(entryStates),
    documentIds: z.array(z.string()).openapi({ description: 'what it pays, once confirmed' }),
    proposals: z.array(proposalShape).openapi({ description: 'of open entries only, best first' }),
    createdAt: instant,
  })
  .openapi('BankEntry');

export type BankEntryJson = z.input<typeof bankEntryShape>;

export function showEntry(entry: KnownEntry, matches: OpenMoney['matches'] = []): BankEntryJson {
  const { id, importId, bookedOn, amount, currency, name, text, state } = entry;
  return {
    ...{ id, importId, bookedOn, amount, currency, name, text, state },
    documentIds: [...entry.documentIds],
    proposals: matches.map(({ documentIds, because, certainty }) => ({
      documentIds: [...documentIds],
      because: [...because],
      certainty,
    })),
    createdAt: iso(entry.createdAt),
  };
}

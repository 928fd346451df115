import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { GivenFacts } from '#domain/documents';

/** What is said beside a file: who gets it, with which words, and facts that it lacks. */
export interface Sidecar {
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly subject?: string;
  readonly text?: string;
  readonly language?: string;
  readonly sendAt?: Date;
  readonly facts: GivenFacts;
}

export type SidecarRead =
  | { readonly ok: true; readonly sidecar: Sidecar }
  | { readonly ok: false; readonly sentence: string };

export const largestSidecar = 200_000;

const text = z.string().max(10_000);
const addresses = z.union([text.transform((one) => [one]), z.array(text).max(50)]);
const factShape = z
  .strictObject({
    kind: text,
    number: text,
    issueDate: text,
    dueDate: text,
    currency: text,
    total: text,
    amountDue: text,
    customer: z
      .strictObject({
        name: text,
        emails: z.array(text).max(20),
        language: text,
        vatId: text,
        country: text,
      })
      .partial(),
  })
  .partial();
const shape = z
  .strictObject({
    to: addresses,
    cc: addresses,
    bcc: addresses,
    subject: text,
    text: z.string().max(200_000),
    language: text,
    sendAt: z.iso.datetime({ offset: true }).transform((at) => new Date(at)),
    facts: factShape,
  })
  .partial();

/** Reads a sidecar: a JSON object, or a CSV with a line of names and one line of values. Refuses, with a sentence, names it does not know. */
export function readSidecar(name: string, bytes: Uint8Array): SidecarRead {
  if (bytes.byteLength > largestSidecar) return refuse(name, 'is larger than 200 kB');
  const given = /\.csv$/i.test(name) ? readCsv(bytes) : readJson(bytes);
  if (given === null)
    return refuse(name, 'cannot be read: it is neither a JSON object nor a CSV of two lines');
  const read = shape.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : '');
    return refuse(name, `has something that is not understood: ${where || 'its form'}`);
  }
  const { facts = {}, ...rest } = read.data;
  return { ok: true, sidecar: { ...rest, facts: facts as GivenFacts } };
}

function refuse(name: string, why: string): SidecarRead {
  return { ok: false, sentence: `${name} ${why}. See docs/operating.md for what it may hold.` };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
  } catch {
    return null;
  }
}

const factNames = new Set(Object.keys(factShape.shape));

/** Columns `to`, `cc`, `bcc`, `subject`, `text`, `language`, `sendAt`, `customer`, and the names of facts. */
function readCsv(bytes: Uint8Array): unknown {
  try {
    const rows = parse(Buffer.from(bytes), {
      columns: true,
      bom: true,
      delimiter: [',', ';'],
      trim: true,
      skip_empty_lines: true,
      to: 2,
    }) as Record<string, string>[];
    const [row] = rows;
    if (!row || rows.length !== 1) return null;
    const filled = Object.entries(row).filter(([, value]) => value !== '');
    const { customer, ...facts } = Object.fromEntries(filled.filter(([key]) => factNames.has(key)));
    const rest = Object.fromEntries(filled.filter(([key]) => !factNames.has(key)));
    return { ...rest, facts: { ...facts, ...(customer ? { customer: { name: customer } } : {}) } };
  } catch {
    return null;
  }
}

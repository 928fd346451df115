import { z } from '@hono/zod-openapi';
import { languages } from '#base/language';
import { parseAddress } from '#mail/address';
import { readCursor, writeCursor } from '../cursor.ts';

export const instant = z.iso.datetime().openapi({ example: '2026-11-12T09:14:00.123Z' });
export const maybeInstant = instant.nullable();
export const day = z.iso.date().openapi({ example: '2026-11-12' });
export const decimal = z.string().openapi({ example: '1500.40', description: 'decimal as a string' });
export const language = z.enum(languages);
export const trackingMode = z
  .enum(['none', 'links', 'full'])
  .openapi({ description: '`none`, `links` (the portal only), `full` (the pixel too)' });

/** An address as it is typed by a program that knows what an address is. */
export const emailAddress = z
  .string()
  .max(400)
  .refine((text) => parseAddress(text).ok, 'This is no e-mail address.')
  .openapi({ example: 'els@peeters.example' });

const mostMetadata = 16_384;

/** Whatever another program wants to find again. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= mostMetadata,
    'This may have 16 kB of JSON at most.',
  )
  .openapi({
    type: 'object',
    description: 'any JSON object of 16 kB at most; comes back unchanged',
    example: { order: 4711 },
  });

export const externalId = z
  .string()
  .min(1)
  .max(200)
  .openapi({ description: 'the id that it has in your program' });

const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(200)
  .default(50)
  .openapi({ description: 'how many at most' });

const cursorText = z.string().max(500).openapi({ description: '`nextCursor` of the page before' });

const cursor = cursorText
  .transform((text, context) => {
    const place = readCursor(text);
    if (place) return place;
    context.addIssue({ code: 'custom', message: 'This is no cursor of an earlier page.' });
    return z.NEVER;
  })
  .optional();

/** Query of a list that is sorted by newest first. */
export const page = z.strictObject({ limit, cursor });
/** Query of a list whose cursor is read by somebody else. */
export const loosePage = { limit, cursor: cursorText.optional() };

/** A comma-separated choice: `accepted,rejected`. */
export function someOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z
    .string()
    .max(500)
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(z.enum(values)).min(1))
    .optional()
    .openapi({ type: 'string', description: `one or several, comma separated: ${values.join(', ')}` });
}

export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().openapi({ description: 'null on the last page' }),
  });
}

/** One page out of `limit + 1` things that were found. */
export function toPage<Thing, Item>(
  found: readonly Thing[],
  limitGiven: number,
  place: (thing: Thing) => { readonly createdAt: Date; readonly id: string },
  items: readonly Item[],
): { items: Item[]; nextCursor: string | null } {
  const last = found.length > limitGiven ? found[limitGiven - 1] : undefined;
  return { items: items.slice(0, limitGiven), nextCursor: last ? writeCursor(place(last)) : null };
}

/** A file of a form. */
export const file = z
  .custom<{ readonly fileName: string; readonly bytes: Uint8Array }>(
    (value) => typeof value === 'object' && value !== null && 'bytes' in value,
    'This must be a file: a part with a file name.',
  )
  .openapi({ type: 'string', format: 'binary' });

export function iso(at: Date): string {
  return at.toISOString();
}

export function maybeIso(at: Date | null): string | null {
  return at ? at.toISOString() : null;
}

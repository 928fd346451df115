import { crc32 } from 'node:zlib';

/** One line of a journal: a record is written, or has reached its place. */
export type JournalLine =
  | { readonly kind: 'record'; readonly entry: number; readonly json: string }
  | { readonly kind: 'done'; readonly entry: number };

/** `<checksum> + <number> <json>` or `<checksum> - <number>`, ended by a line feed. */
export function formatLine(line: JournalLine): string {
  const body = line.kind === 'record' ? `+ ${line.entry} ${line.json}` : `- ${line.entry}`;
  return `${checksum(body)} ${body}\n`;
}

/** The records of a journal that are not done, in order. Lines that were cut off or damaged were never confirmed: they are left out. */
export function waitingIn(text: string): string[] {
  const waiting = new Map<number, string>();
  for (const raw of text.split('\n')) {
    const line = parseLine(raw);
    if (line?.kind === 'record') waiting.set(line.entry, line.json);
    if (line?.kind === 'done') waiting.delete(line.entry);
  }
  return [...waiting.values()];
}

function parseLine(raw: string): JournalLine | null {
  const body = raw.slice(9);
  if (body === '' || raw.slice(0, 9) !== `${checksum(body)} `) return null;
  const [sign, entry, ...rest] = body.split(' ');
  if (sign === '-') return { kind: 'done', entry: Number(entry) };
  return { kind: 'record', entry: Number(entry), json: rest.join(' ') };
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}

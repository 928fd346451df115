import { hashOf, readText, toHex } from './bytes.ts';
import { fail, type Parts } from './finding.ts';

/** An event as far as a check reads it. */
export interface EventText {
  readonly n: number;
  readonly prev: string | null;
  readonly dispatch?: string;
  readonly message?: string;
  readonly type: string;
  readonly data: {
    readonly mailSha256?: string;
    /** The id of a mail that came back; then the SHA-256 is that of this one. */
    readonly returnedMail?: string;
    /** The PDF in a receipt of an outside provider. */
    readonly pdfSha256?: string | null;
    /** What the DNS said about the way to the recipient, about the sender, and of the keys of a mail that came back. */
    readonly dnsSha256?: readonly string[];
    readonly documents?: readonly { readonly sha256?: string; readonly pdfSha256?: string | null }[];
    /** The customer's page as it was kept when the mails left: its id, its HTML, and the pictures on it. */
    readonly page?: string;
    readonly pageSha256?: string;
    readonly logoSha256?: string;
    readonly images?: readonly {
      readonly document: string;
      readonly page: number;
      readonly sha256: string;
    }[];
    /** The page that a visitor was served. */
    readonly served?: string;
    /** The answer of a mail server. */
    readonly code?: number;
    readonly host?: string;
    readonly ip?: string;
  };
  readonly _sd?: readonly string[];
}

/** What the events say of attached files: which SHA-256 the one of a name must have, and all that they name. */
export interface NamedFiles {
  readonly byName: Map<string, string>;
  readonly hashes: Set<string>;
}

/** Notes which SHA-256 the attached files must have, by what an event says. */
export function noteFiles(event: EventText, { byName, hashes }: NamedFiles): void {
  const { mailSha256, returnedMail, dnsSha256, served, pdfSha256 } = event.data;
  for (const hash of Array.isArray(dnsSha256) ? dnsSha256 : []) byName.set(`dns/${hash}.json`, hash);
  const mail = returnedMail ? `inbound/${returnedMail}.eml` : `message/${event.message}.eml`;
  if (event.message && mailSha256) byName.set(mail, mailSha256);
  for (const hash of [mailSha256, served, pdfSha256]) if (typeof hash === 'string') hashes.add(hash);
  if (event.type === 'dispatch.page_kept') notePage(event, { byName, hashes });
  if (event.type !== 'dispatch.submitted') return;
  for (const document of event.data.documents ?? [])
    for (const hash of [document.sha256, document.pdfSha256]) if (hash) byName.set(`documents/${hash}`, hash);
}

function notePage({ data }: EventText, { byName, hashes }: NamedFiles): void {
  const { page, pageSha256, logoSha256, images = [] } = data;
  if (page && pageSha256) byName.set(`portal/${page}.html`, pageSha256);
  if (logoSha256) hashes.add(logoSha256);
  for (const { document, page: number, sha256 } of images) {
    byName.set(`pages/${document}-${String(number).padStart(4, '0')}.webp`, sha256);
    hashes.add(sha256);
  }
}

/** Where only files lie that events name. */
const namedByEvents = /^(?:message|inbound|documents|dns)\//;
/** Where files lie that events name, unless they were kept before events did, or came after the last one. */
const mayBeNamed = /^(?:portal|pages|provider)\//;

/**
 * Compares the attached files with what the events say of them. Returns how many rest on the seal alone: no event names them. Fails when one is not
 * what an event says of it.
 */
export async function checkFiles(
  parts: Parts,
  { byName, hashes }: NamedFiles,
  events: readonly EventText[],
): Promise<number> {
  let unnamed = 0;
  for (const [name, bytes] of parts) {
    if (name.startsWith('smtp/') && !areAnswersKnown(name, bytes, events)) unnamed += 1;
    const isOptional = mayBeNamed.test(name);
    if (!isOptional && !namedByEvents.test(name)) continue;
    const hash = toHex(await hashOf(bytes));
    const expected = name.startsWith('documents/') ? byName.get(`documents/${hash}`) : byName.get(name);
    if (expected === hash) continue;
    if (expected !== undefined || !isOptional)
      fail('events', 'A file is not the one that the events name.', name);
    if (!hashes.has(hash)) unnamed += 1;
  }
  return unnamed;
}

/** Each answer of a server in the conversations with it stands in an event of the same message: its code, and who gave it. */
function areAnswersKnown(name: string, bytes: Uint8Array, events: readonly EventText[]): boolean {
  const message = name.slice('smtp/'.length, -'.json'.length);
  const own = events.filter((event) => event.message === message);
  const attempts = readAttempts(bytes);
  return (
    attempts?.every(
      ({ code, host, ip }) =>
        typeof code !== 'number' ||
        own.some(
          ({ data }) =>
            data.code === code &&
            (data.host ?? null) === (host ?? null) &&
            (data.ip ?? null) === (ip ?? null),
        ),
    ) ?? false
  );
}

function readAttempts(bytes: Uint8Array): EventText['data'][] | null {
  try {
    const read: unknown = JSON.parse(readText(bytes) ?? '');
    return Array.isArray(read) ? read : null;
  } catch {
    return null;
  }
}

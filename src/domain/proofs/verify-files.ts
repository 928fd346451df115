import { z } from 'zod';
import { sha256 } from '#base/crypto';
import { type EvidenceTables, isErased, type RecordedEvent, readEvents } from '#domain/evidence';
import { type OutboxTables, readMailBytes } from '#domain/outbox';
import { asWorker, type Database } from '#stores/database';
import { FileDamaged, type FileStore } from '#stores/files';

/** A file that an event names is not there, or has other bytes than it had. */
export interface FileBreak {
  readonly fault: 'file_missing' | 'file_differs';
  readonly logIndex: number | null;
  readonly eventId: string;
  /** What kind of file, and its SHA-256. */
  readonly part: string;
}

export interface FilesReport {
  readonly files: number;
  readonly broken: FileBreak | null;
}

const batch = 500;

const documentsData = z.object({
  documents: z.array(z.object({ sha256: z.string(), pdfSha256: z.string().nullish() })),
});
const pageData = z.object({
  pageSha256: z.string(),
  images: z.array(z.object({ sha256: z.string() })),
});
const visitData = z.object({ served: z.string() });
const mailData = z.object({ mailSha256: z.string(), returnedMail: z.string().optional() });

type Tables = EvidenceTables & OutboxTables;

/**
 * Reads every document, mail and kept page that an event of the log names, and compares its SHA-256. Stops at the first that does not fit. What is gone and
 * was erased, as another event says, fits.
 */
export async function verifyFiles(database: Database<Tables>, files: FileStore): Promise<FilesReport> {
  let checked = 0;
  const known = new Set<string>();
  for (let after = 0; ; ) {
    const events = await asWorker(database, (tx) =>
      readEvents(tx, { kind: 'after', logIndex: after, limit: batch }),
    );
    for (const event of events) {
      for (const named of namedIn(event).filter((one) => isNews(known, event, one))) {
        const found = await named.read(database, files);
        checked += 1;
        if (found === named.sha256) continue;
        const wasErased =
          found === null && (await asWorker(database, (tx) => isErased(tx, event.companyId, named.sha256)));
        if (!wasErased) return { files: checked, broken: breakOf(event, named, found) };
      }
    }
    const last = events.at(-1)?.logIndex;
    if (!last) return { files: checked, broken: null };
    after = last;
  }
}

const mostKnown = 100_000; // some 15 MB

/** The same page is served again and again, and many pages show the same pictures: each is read once. */
function isNews(known: Set<string>, { companyId }: RecordedEvent, { kind, sha256 }: Named): boolean {
  if (kind !== 'page' && kind !== 'picture') return true;
  const name = `${companyId} ${sha256}`;
  if (known.has(name)) return false;
  if (known.size >= mostKnown) known.clear();
  known.add(name);
  return true;
}

interface Named {
  readonly kind: 'document' | 'mail' | 'returned mail' | 'page' | 'picture';
  readonly sha256: string;
  /** The SHA-256 of what is there now; null when nothing is, `damaged` when its bytes are not what they were. */
  readonly read: (database: Database<Tables>, files: FileStore) => Promise<string | null>;
}

function namedIn(event: RecordedEvent): Named[] {
  const mail = mailData.safeParse(event.data);
  if (mail.success && mail.data.mailSha256) {
    const { mailSha256, returnedMail } = mail.data;
    if (returnedMail) return [keptOf(event, 'returned mail', mailSha256)];
    if (hasMail.has(event.type)) return [mailOf(event, mailSha256)];
  }
  const page = event.type === 'dispatch.page_kept' ? pageData.safeParse(event.data) : null;
  if (page?.success) return pageFiles(event, page.data);
  const visit = event.type.startsWith('visit.') ? visitData.safeParse(event.data) : null;
  if (visit?.success) return [keptOf(event, 'page', visit.data.served)];
  const documents = event.type === 'dispatch.submitted' ? documentsData.safeParse(event.data) : null;
  if (!documents?.success) return [];
  const hashes = documents.data.documents.flatMap((one) => [
    one.sha256,
    ...(one.pdfSha256 ? [one.pdfSha256] : []),
  ]);
  return [...new Set(hashes)].map((hash) => keptOf(event, 'document', hash));
}

/** The company's logo is left out: it may have another by now, and the page carries what it says without it. */
function pageFiles(event: RecordedEvent, { pageSha256, images }: z.infer<typeof pageData>): Named[] {
  const pictures = [...new Set(images.map((image) => image.sha256))];
  return [keptOf(event, 'page', pageSha256), ...pictures.map((sha256) => keptOf(event, 'picture', sha256))];
}

/** After these the archive holds the mail. */
const hasMail: ReadonlySet<string> = new Set([
  'message.handed_off',
  'message.accepted',
  'message.unconfirmed',
]);

function mailOf(event: RecordedEvent, hash: string): Named {
  return {
    kind: 'mail',
    sha256: hash,
    read: async (database, files) => {
      try {
        const bytes = await asWorker(database, (tx) =>
          readMailBytes(tx, files, event.companyId, event.messageId ?? ''),
        );
        return bytes ? sha256(bytes).toString('hex') : null;
      } catch {
        return 'damaged';
      }
    },
  };
}

/** What lies in the files store under its own SHA-256. */
function keptOf(event: RecordedEvent, kind: Named['kind'], hash: string): Named {
  return {
    kind,
    sha256: hash,
    read: async (_database, files) => {
      try {
        const bytes = await files.get(event.companyId, hash);
        return bytes ? hash : null;
      } catch (error) {
        if (error instanceof FileDamaged) return 'damaged';
        throw error;
      }
    },
  };
}

function breakOf(event: RecordedEvent, named: Named, found: string | null): FileBreak {
  return {
    fault: found === null ? 'file_missing' : 'file_differs',
    logIndex: event.logIndex,
    eventId: event.id,
    part: `${named.kind} ${named.sha256}`,
  };
}

/** A file that came in: its name without a path, and its bytes. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What becomes one document: a PDF, an XML, or a PDF with the XML of the same invoice beside it. */
export interface FileGroup {
  readonly main: NamedFile;
  /** The structured data of `main`, where that is a PDF. */
  readonly xml: NamedFile | null;
}

/**
 * Sorts files into documents and others. A PDF and an XML of the same base name are one document, and so are the only PDF and the only
 * XML of a mail, as invoicing programs name them as they like.
 */
export function groupFiles(files: readonly NamedFile[]): {
  readonly groups: readonly FileGroup[];
  readonly others: readonly NamedFile[];
} {
  const pdfs = files.filter(isPdf);
  const xmls = files.filter((file) => !isPdf(file) && isXml(file));
  const others = files.filter((file) => !isPdf(file) && !isXml(file));
  const isOnlyPair = pdfs.length === 1 && xmls.length === 1;
  const taken = new Set<NamedFile>();
  const groups: FileGroup[] = pdfs.map((main) => {
    const xml = xmls.find(
      (one) => !taken.has(one) && (isOnlyPair || baseName(one.name) === baseName(main.name)),
    );
    if (xml) taken.add(xml);
    return { main, xml: xml ?? null };
  });
  const alone = xmls.filter((one) => !taken.has(one)).map((main) => ({ main, xml: null }));
  return { groups: [...groups, ...alone], others };
}

/** Why there is no document among files: one is called so and is none, Outlook has wrapped it, or there is really none. */
export function whyNone(files: readonly NamedFile[]):
  | { readonly ok: false; readonly reason: 'no_document' }
  | {
      readonly ok: false;
      readonly reason: 'document_refused';
      readonly file: string;
      readonly why: 'empty' | 'unsupported_type' | 'tnef';
    } {
  const called = files.find(({ name }) => /\.(pdf|xml)$/i.test(name));
  const wrapped = files.find(isTnef);
  const found = called ?? wrapped;
  if (!found) return { ok: false, reason: 'no_document' };
  const why = found === wrapped ? 'tnef' : found.bytes.byteLength === 0 ? 'empty' : 'unsupported_type';
  return { ok: false, reason: 'document_refused', file: found.name, why };
}

/** The name without its last ending, in lower case. */
export function baseName(name: string): string {
  return name.replace(/\.(xml\.p7m|[^.]+)$/i, '').toLowerCase();
}

function isPdf({ bytes }: NamedFile): boolean {
  // Some programs write a line before the mark; readers look into the first kilobyte (ISO 32000-1, annex H).
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

function isXml({ name, bytes }: NamedFile): boolean {
  if (/\.p7m$/i.test(name)) return true;
  const head = Buffer.from(bytes.subarray(0, 200))
    .toString('latin1')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  return /^\s*</.test(head.replaceAll('\0', '')) && /\.xml$/i.test(name);
}

/** What Outlook makes of a mail in "rich text": winmail.dat (MS-OXTNEF §2.1.3.1, TNEFSignature). */
function isTnef({ bytes }: NamedFile): boolean {
  return Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from([0x78, 0x9f, 0x3e, 0x22]));
}

import type { Row } from './company-rows-table.ts';

/** Which row names a file, and how: `documents`, `doc_…`, `pdf_sha256`. */
export interface NamedBy {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly fileName: string | null;
}

const hash = /^[0-9a-f]{64}$/;

/** All hashes that may be those of files, in the columns of a row and within their JSON. */
export function hashesIn(table: string, row: Row): [sha256: string, by: NamedBy][] {
  const found: [string, NamedBy][] = [];
  const id = String(row['id'] ?? row['message_id'] ?? row['document_id'] ?? row['company_id'] ?? '');
  const look = (value: unknown, column: string, fileName: unknown): void => {
    if (typeof value === 'string') {
      if (hash.test(value))
        found.push([
          value,
          { table, row: id, column, fileName: typeof fileName === 'string' ? fileName : null },
        ]);
    } else if (Array.isArray(value)) for (const one of value) look(one, column, fileName);
    else if (
      value !== null &&
      typeof value === 'object' &&
      !(value instanceof Date) &&
      !Buffer.isBuffer(value)
    ) {
      const inner = value as Readonly<Record<string, unknown>>;
      for (const one of Object.values(inner)) look(one, column, inner['fileName'] ?? null);
    }
  };
  for (const [column, value] of Object.entries(row)) look(value, column, row['file_name'] ?? null);
  return found;
}

const folders: Readonly<Record<string, string>> = {
  documents: 'documents',
  received_documents: 'received',
  extra_files: 'attachments',
  returned_mails: 'returned-mails',
};

/** Where a file lies in the ZIP: by the row that named it first. Nothing of a name from outside but letters, digits and `._-` becomes part of a path. */
export function placeOf(
  sha256: string,
  { table, row, column, fileName }: NamedBy,
  bytes: Uint8Array,
): string {
  const folder = folders[table] ?? 'files';
  const ending = endingOf(bytes, fileName);
  if (table === 'returned_mails') return `${folder}/${row}.eml`;
  if (folder === 'files') return `files/${sha256}${ending}`;
  const stem = (fileName ?? '')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  const kind = column === 'sha256' ? '' : `-${column.replace(/_sha256$/, '')}`;
  return `${folder}/${row}${kind}${stem ? `-${stem}` : ''}${ending}`;
}

/** By the first bytes, else by the name; `.bin` where neither tells. */
function endingOf(bytes: Uint8Array, fileName: string | null): string {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (start.startsWith('%PDF')) return '.pdf';
  if (start.startsWith('\x89PNG')) return '.png';
  if (start.startsWith('\xff\xd8\xff')) return '.jpg';
  if (start.startsWith('<!doctype')) return '.html';
  if (/^(\xef\xbb\xbf)?\s*<\?xml/.test(start)) return '.xml';
  return /\.[A-Za-z0-9]{1,5}$/.exec(fileName ?? '')?.[0] ?? '.bin';
}

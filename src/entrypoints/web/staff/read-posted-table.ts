import { readTable, type TableRead } from '#formats/csv';
import type { PostedForm } from './read-form.ts';

/** A table that was posted: as a new file, which is only to be looked at, or once more as `content`, to be taken. */
export interface PostedTable {
  readonly table: TableRead;
  /** Null: it was looked at before. */
  readonly fileName: string | null;
  /** The file, for the form that takes it: base64. */
  readonly content: string;
}

/** Reads the table of a form of the import pages. */
export async function readPostedTable(form: PostedForm): Promise<PostedTable> {
  const upload = form.file('file');
  const bytes = upload
    ? Buffer.from(await upload.arrayBuffer())
    : Buffer.from(form.text('content'), 'base64');
  return { table: await readTable(bytes), fileName: upload?.name ?? null, content: bytes.toString('base64') };
}

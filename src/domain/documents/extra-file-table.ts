import { sql } from 'kysely';
import type { Tx } from '#stores/database';

/** A file that goes along with a mail and is not a document. */
export interface ExtraFile {
  readonly id: string;
  readonly companyId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly createdAt: Date;
}

export interface ExtraFileTables {
  extra_files: {
    id: string;
    company_id: string;
    file_name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    created_at: Date;
  };
}

export async function insertExtraFile(tx: Tx<ExtraFileTables>, file: ExtraFile): Promise<void> {
  await tx
    .insertInto('extra_files')
    .values({
      id: file.id,
      company_id: file.companyId,
      file_name: file.fileName,
      media_type: file.mediaType,
      sha256: file.sha256,
      bytes: file.bytes,
      created_at: file.createdAt,
    })
    .execute();
}

/** The files that exist among the ids, in the order of the ids. */
export async function selectExtraFiles(
  tx: Tx<ExtraFileTables>,
  companyId: string,
  ids: readonly string[],
): Promise<ExtraFile[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('extra_files')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', 'in', [...ids])
    .execute();
  const byId = new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        companyId: row.company_id,
        fileName: row.file_name,
        mediaType: row.media_type,
        sha256: row.sha256,
        bytes: row.bytes,
        createdAt: row.created_at,
      },
    ]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The ids under which files of these bytes were given. */
export async function selectExtraFileIds(
  tx: Tx<ExtraFileTables>,
  companyId: string,
  sha256: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('extra_files')
    .select('id')
    .where('company_id', '=', companyId)
    .where('sha256', '=', sha256)
    .execute();
  return rows.map((row) => row.id);
}

/** Takes files out of the list; their bytes are for the caller to remove. */
export async function deleteExtraFiles(
  tx: Tx<ExtraFileTables>,
  companyId: string,
  sha256s: readonly string[],
): Promise<void> {
  await sql`delete from extra_files where company_id = ${companyId} and sha256 = any (${[...sha256s]}::text[])`.execute(
    tx,
  );
}

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

import type { Dispatch } from '#domain/dispatch';
import { forgetExtraFiles, hashesOfDocuments, idsOfExtraFiles } from '#domain/documents';
import { attachedElsewhere, getLetters } from '#domain/outbox';
import { policiesAttach } from '#domain/reminders';
import { runsAttach } from '#domain/runs';
import type { Tx } from '#stores/database';
import type { ErasureTables } from './erasure-tables.ts';

/** Takes the attached files that only this dispatch knows out of the list of files, and returns their hashes. Documents are none of them. */
export async function ownFilesOf(
  tx: Tx<ErasureTables>,
  { companyId, id: dispatchId, letterId }: Dispatch,
): Promise<readonly string[]> {
  const [letter] = letterId ? await getLetters(tx, [letterId]) : [];
  const attached = [...new Set(letter?.attachments.map((one) => one.sha256))];
  const documents = await hashesOfDocuments(tx, companyId, attached);
  const own: string[] = [];
  for (const sha256 of attached.filter((one) => !documents.has(one))) {
    const ids = await idsOfExtraFiles(tx, companyId, sha256);
    const isUsed =
      (await attachedElsewhere(tx, companyId, { sha256, dispatchId })) ||
      (await policiesAttach(tx, companyId, ids)) ||
      (await runsAttach(tx, companyId, ids));
    if (!isUsed) own.push(sha256);
  }
  await forgetExtraFiles(tx, companyId, own);
  return own;
}

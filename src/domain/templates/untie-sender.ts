import { getSenderRule, type SenderTables } from '#domain/senders';
import type { Tx } from '#stores/database';
import { selectTemplates, type TemplateTables, updateTie } from './template-table.ts';

/** Tells whether texts go out from this sender by the rule in force, because they are tied to it. */
export async function isTied(
  tx: Tx<TemplateTables & SenderTables>,
  companyId: string,
  senderId: string,
): Promise<boolean> {
  if ((await getSenderRule(tx, companyId)).rule !== 'per_template') return false;
  return (await selectTemplates(tx, companyId)).some((one) => one.senderId === senderId);
}

/** Frees the texts that are tied to a sender which was taken out of use; they keep what they say. */
export async function untieSender(
  tx: Tx<TemplateTables>,
  companyId: string,
  senderId: string,
): Promise<void> {
  for (const one of await selectTemplates(tx, companyId))
    if (one.senderId === senderId) await updateTie(tx, companyId, one.id, null);
}

import { chooseSender, getSenderRule, maySend, type Sender, type SenderTables } from '#domain/senders';
import type { Tx } from '#stores/database';
import { selectTemplates, type TemplateTables } from './template-table.ts';

/**
 * The senders that texts are tied to by the rule in force and from which nothing goes out now, by id: what is sent with such a text waits.
 * One whose domain is broken is not among them while another sender stands in for it.
 */
export async function stuckTies(
  tx: Tx<TemplateTables & SenderTables>,
  companyId: string,
): Promise<ReadonlyMap<string, Sender>> {
  const stuck = new Map<string, Sender>();
  if ((await getSenderRule(tx, companyId)).rule !== 'per_template') return stuck;
  const tied = new Set((await selectTemplates(tx, companyId)).flatMap(({ senderId }) => senderId ?? []));
  for (const id of tied) {
    const question = { templateSenderId: id, kind: null, userId: null };
    const chosen = await chooseSender(tx, companyId, question);
    if (chosen.ok && !maySend(chosen.sender)) stuck.set(id, chosen.sender);
  }
  return stuck;
}

import type { Tx } from '#stores/database';
import type { Refused } from '../sender.ts';
import { type SenderTables, selectSender } from '../sender-table.ts';
import type { DomainRefusal } from './domain.ts';
import { selectDomain, updateDomain } from './domain-table.ts';

/**
 * Chooses the sender that stands in while a domain is broken; null: its mail is held. Refuses one that does not work, one that
 * needs a domain's records itself, and the sandbox, which would swallow the mail.
 */
export async function setFallback(
  tx: Tx<SenderTables>,
  ref: { readonly companyId: string; readonly domainId: string },
  senderId: string | null,
): Promise<{ readonly ok: true } | Refused<DomainRefusal>> {
  const row = await selectDomain(tx, ref.companyId, { id: ref.domainId }, true);
  if (!row) return { ok: false, reason: 'not_found' };
  const sender = senderId === null ? null : await selectSender(tx, ref.companyId, senderId);
  const fits = sender && !sender.deleted_at && sender.state === 'valid' && !unfit.has(sender.method);
  if (senderId !== null && !fits) return { ok: false, reason: 'fallback_invalid' };
  await updateDomain(tx, row, { fallback_sender_id: senderId });
  return { ok: true };
}

const unfit: ReadonlySet<string> = new Set(['domain', 'sandbox']);

import { type Purpose, sendHistories } from '#domain/dispatch';
import { asksForMoney, getDocuments, paidState } from '#domain/documents';
import { remindableKinds } from '#domain/reminders';
import type { Tx } from '#stores/database';
import type { WebTables } from '../needs.ts';
import type { SendForm } from './send-form.ts';

/**
 * What a window that was opened without a purpose is for: a reminder when every document asks for something, is current and open, and went
 * out before; else the same again, or a first sending where one of them never went out.
 */
export async function usualPurpose(
  tx: Tx<WebTables>,
  companyId: string,
  { documentIds }: Pick<SendForm, 'documentIds'>,
): Promise<Purpose> {
  const documents = await getDocuments(tx, companyId, documentIds);
  const histories = await sendHistories(tx, companyId, documentIds);
  const asksAgain = documents.every(
    (one) =>
      remindableKinds.some((kind) => kind === one.kind) &&
      paidState(one) !== 'paid' &&
      asksForMoney(one) &&
      one.decidedAs === null &&
      one.replacedBy === null &&
      one.disputedAt === null,
  );
  if (documents.length === 0 || documents.some((one) => !histories.has(one.id))) return 'first';
  return asksAgain ? 'reminder' : 'resend';
}

import { newId } from '#base/ids';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { getMessages, type OutboxTables } from '#domain/outbox';
import { type Database, inCompany, type Tx } from '#stores/database';
import type { FileStore } from '#stores/files';
import {
  lockReceipts,
  type ProviderTables,
  selectAccount,
  selectProviderDeliveries,
} from '../provider-table.ts';
import { insertUntied, selectUntiedOne, type UntiedReceipt } from '../untied-receipt-table.ts';
import { keepReceipt, type ReceiptMail } from './keep-receipt.ts';
import { isNamed } from './match-receipt.ts';
import { readReceiptAgain } from './read-receipt.ts';
import { type ReadReceipt, verdictData } from './receipt.ts';
import { settleReceipt } from './settle-untied.ts';

type UntiedTx = Tx<ProviderTables & OutboxTables & EvidenceTables>;

const provider = 'incamail';

/** Whether a mail of the provider that matches no dispatch is a receipt at all: it says which, or somebody has signed its PDF. */
export function isWorthKeeping({ kind, verdict }: Pick<ReadReceipt, 'kind' | 'verdict'>): boolean {
  return kind !== 'unknown' || verdict.result === 'valid' || verdict.result === 'unknown_root';
}

/** Keeps a receipt that matches no dispatch until a person has looked at it, and records that it came. The same PDF is kept once, whatever became of it. */
export async function keepUntied(
  tx: UntiedTx,
  companyId: string,
  receipt: ReadReceipt,
  mail: ReceiptMail,
): Promise<void> {
  await lockReceipts(tx, companyId, provider);
  const id = newId('providerReceipt', mail.receivedAt);
  const pdfSha256 = receipt.pdf?.sha256 ?? null;
  const personal = { from: receipt.mail.from?.address ?? '', subject: receipt.mail.subject.slice(0, 500) };
  const isNew = await insertUntied(tx, {
    ...{ id, company_id: companyId, provider, kind: receipt.kind, verdict: receipt.verdict },
    ...{ mail_sha256: mail.sha256, pdf_sha256: pdfSha256, dkim: mail.dkim, received_at: mail.receivedAt },
    ...{ from_address: personal.from, subject: personal.subject },
  });
  if (!isNew) return;
  const { kind, verdict } = receipt;
  const found = { provider, receipt: id, kind, mailSha256: mail.sha256, pdfSha256 };
  const data = { ...found, signature: verdictData(verdict), ...mail.dkim };
  const fact = {
    type: 'provider.receipt_unmatched',
    companyId,
    at: mail.receivedAt,
    actor: 'server',
  } as const;
  await record(tx, [{ ...fact, data, personal }]);
}

/** Who decides about a receipt, and about which. */
export interface Deciding {
  readonly companyId: string;
  readonly receiptId: string;
  readonly actor: Actor;
  readonly by: string;
}

export type TieRefusal = 'not_found' | 'already_decided' | 'not_with_provider';
export type Tied = { readonly ok: true } | { readonly ok: false; readonly reason: TieRefusal };

/**
 * Ties a receipt that matched nothing to the message that a person names: from then on it is as one that was recognised, in the history and
 * in evidence files. The state follows it only where its signed PDF names the message or its recipient, as with every receipt. Refuses a message that
 * was not handed to the provider.
 */
export async function tieReceipt(
  deps: {
    readonly database: Database<ProviderTables & OutboxTables & EvidenceTables>;
    readonly files: FileStore;
  },
  of: Deciding & { readonly messageId: string },
  now: Date,
): Promise<Tied> {
  const { companyId, receiptId, messageId } = of;
  const found = await inCompany(deps.database, companyId, async (tx) => {
    const untied = await selectUntiedOne(tx, companyId, receiptId);
    return untied && { untied, account: await selectAccount(tx, companyId, untied.provider) };
  });
  if (!found) return { ok: false, reason: 'not_found' };
  const { untied, account } = found;
  const bytes = await deps.files.get(companyId, untied.mail_sha256);
  const receipt = bytes && (await readReceiptAgain(bytes, account?.roots ?? '', untied.received_at));
  if (!receipt) return { ok: false, reason: 'not_found' };
  return inCompany(deps.database, companyId, async (tx): Promise<Tied> => {
    await lockReceipts(tx, companyId, provider);
    const [message] = await getMessages(tx, companyId, { ids: [messageId] });
    const deliveries = await selectProviderDeliveries(tx, companyId, { messageId });
    if (!message || deliveries.length === 0) return { ok: false, reason: 'not_with_provider' };
    const { actor, by } = of;
    const how = { as: 'tied', messageId, actor, by } as const;
    if (!(await settleReceipt(tx, companyId, { id: receiptId }, how, now)))
      return { ok: false, reason: 'already_decided' };
    const match = { message, by: 'person' as const, isNamedInPdf: isNamed(receipt.pdfText, message) };
    const person = { id: receiptId, actor, by, at: now };
    await keepReceipt(tx, receipt, match, mailOf(untied), person);
    return { ok: true };
  });
}

/** Says that a receipt is of none of the company's dispatches: it waits no longer. */
export async function setAsideReceipt(tx: UntiedTx, of: Deciding, now: Date): Promise<Tied> {
  const { companyId, receiptId: id, actor, by } = of;
  await lockReceipts(tx, companyId, provider);
  if (!(await selectUntiedOne(tx, companyId, id))) return { ok: false, reason: 'not_found' };
  const how = { as: 'set_aside', messageId: null, actor, by } as const;
  const isDone = await settleReceipt(tx, companyId, { id }, how, now);
  return isDone ? { ok: true } : { ok: false, reason: 'already_decided' };
}

function mailOf(untied: UntiedReceipt): ReceiptMail {
  return { sha256: untied.mail_sha256, receivedAt: untied.received_at, dkim: untied.dkim };
}

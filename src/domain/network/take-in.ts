import { newId } from '#base/ids';
import { getCompany } from '#domain/accounts';
import type { Document } from '#domain/documents';
import type { Tx } from '#stores/database';
import type { HandOver } from './hand-over.ts';
import { provenNames, vatIdOf } from './names.ts';
import type { CrossingTables } from './network-deps.ts';
import type { Received } from './received.ts';
import { insertReceived, markOlderReplaced, updateReceived } from './received-table.ts';

type CrossTx = Tx<CrossingTables>;

/** The same file again: no second document; one that was rejected is open again. */
export async function askAgain(tx: CrossTx, known: Received, now: Date): Promise<string> {
  const isOpen = known.state === 'rejected';
  await updateReceived(tx, known.companyId, known.id, {
    times: known.times + 1,
    last_at: now,
    ...(isOpen
      ? { state: 'new', reason: null, decided_at: null, decided_by: null, decided_by_name: null }
      : {}),
  });
  return known.id;
}

/** The receiver's own row of a document, with what the sender had proven of itself by then; returns its id. */
export async function takeIn(
  tx: CrossTx,
  handOver: HandOver,
  document: Document,
  now: Date,
): Promise<string> {
  const id = newId('received', now);
  const sender = await getCompany(tx, handOver.companyId);
  if (!sender) throw new Error(`The company ${handOver.companyId} that hands a document over is gone.`);
  const names = await provenNames(tx, sender);
  const { series, version } = document;
  await insertReceived(tx, {
    id,
    company_id: handOver.partnerId,
    from_id: handOver.companyId,
    from_name: sender.name,
    from_vat_id: vatIdOf(sender),
    from_names: names.map(({ name }) => name),
    series,
    version,
    ...factsOf(document),
    subject: handOver.subject,
    text: handOver.text,
    state: 'new',
    times: 1,
    received_at: now,
    last_at: now,
  });
  await markOlderReplaced(tx, {
    id,
    companyId: handOver.partnerId,
    fromId: handOver.companyId,
    series,
    version,
  });
  return id;
}

function factsOf(document: Document) {
  return {
    kind: document.kind,
    number: document.number,
    issue_date: document.issueDate,
    due_date: document.dueDate,
    currency: document.currency,
    total: document.total,
    amount_due: document.amountDue,
    file_name: document.fileName,
    format: document.format,
    media_type: document.mediaType,
    sha256: document.sha256,
    bytes: document.bytes,
    pdf_sha256: document.pdfSha256,
    pdf_bytes: document.pdfBytes,
    xml_sha256: document.xmlSha256,
    xml_bytes: document.xmlBytes,
    pages: document.pages,
  };
}

import { day } from '#base/time';
import { type Suppression, suppressionsOf } from '#domain/customers';
import { type Message, misdirectedBefore, recentlySent } from '#domain/outbox';
import { maySend, trialSenderOf } from '#domain/senders';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import { reasonsDespite } from './asks-again.ts';
import type { DispatchWarning } from './dispatch-request.ts';
import type { Draft } from './draft.ts';
import { isOwn } from './from-and-reply.ts';
import type { PrepareTables } from './prepare-tables.ts';

type Warned = Pick<
  Draft,
  'company' | 'documents' | 'sender' | 'addressees' | 'attached' | 'language' | 'readerLanguage' | 'against'
>;

/** What the person should know about each of these drafts before it leaves, in their order. All are of one company. */
export async function warningsOf(
  tx: Tx<PrepareTables>,
  drafts: readonly Warned[],
  now: Date,
): Promise<DispatchWarning[][]> {
  const [first] = drafts;
  if (!first) return [];
  const { id: companyId } = first.company;
  const addressees = drafts.flatMap((draft) => draft.addressees);
  const recent = await recentlySent(
    tx,
    companyId,
    drafts.flatMap((draft) => draft.documents.map((one) => one.id)),
    addressees.map((one) => one.address),
    new Date(now.getTime() - 7 * day),
  );
  const trial = await trialSenderOf(tx, companyId);
  const real = recent.filter((one) => one.senderId !== trial);
  const suppressed = await suppressionsOf(
    tx,
    companyId,
    addressees.map((one) => one.address),
  );
  const unmeant = await unmeantOf(tx, companyId, drafts);
  return drafts.map((draft, n) => [
    ...warnings(draft, real, suppressed),
    ...(unmeant[n] ?? []).map((address) => ({ kind: 'misdirected' as const, address })),
  ]);
}

/** The addresses of each draft where somebody said of one of its documents that he is not meant. */
async function unmeantOf(
  tx: Tx<PrepareTables>,
  companyId: string,
  drafts: readonly Warned[],
): Promise<string[][]> {
  const mails = drafts.map(({ addressees, documents }) =>
    addressees.map(({ address }) => ({ address, documentIds: documents.map((one) => one.id) })),
  );
  const before = (await misdirectedBefore(tx, companyId, mails.flat())).values();
  return mails.map((own) => own.flatMap(({ address }) => (before.next().value?.length ? [address] : [])));
}

function warnings(
  draft: Warned,
  recent: readonly Message[],
  suppressed: ReadonlyMap<string, Suppression>,
): DispatchWarning[] {
  const { documents, sender, addressees, attached, language, readerLanguage } = draft;
  const found: DispatchWarning[] = [];
  const before = recent.find((message) => isRepeated(message, draft));
  if (before) {
    const { dispatchId, createdAt, address, delivery } = before;
    found.push({ kind: 'already_sent', dispatchId, at: createdAt, address, delivery });
  }
  for (const address of suppressedOf(addressees, suppressed)) found.push({ kind: 'suppressed', address });
  if (sender && !isOwn(sender)) found.push({ kind: 'no_own_sender', method: sender.method });
  if (sender && !maySend(sender)) found.push({ kind: 'sender_broken', senderId: sender.id });
  if (readerLanguage && readerLanguage !== language)
    found.push({ kind: 'language_differs', language, of: readerLanguage });
  if (attached.bytes > largeBytes) found.push({ kind: 'large', bytes: attached.bytes });
  if (documents.some((one) => one.format === 'fatturapa')) found.push({ kind: 'courtesy_copy' });
  for (const reason of reasonsDespite(draft)) found.push({ kind: 'asks_despite', reason });
  return found;
}

/** One of the documents went to one of the people in To. */
function isRepeated({ documentId, address }: Message, { documents, addressees }: Warned): boolean {
  return (
    documents.some((one) => one.id === documentId) &&
    addressees.some((one) => one.role === 'to' && one.address.toLowerCase() === address.toLowerCase())
  );
}

function suppressedOf(
  addressees: Warned['addressees'],
  suppressed: ReadonlyMap<string, Suppression>,
): Set<string> {
  return new Set(addressees.flatMap(({ address }) => suppressed.get(addressKey(address))?.address ?? []));
}

/** Many companies' servers refuse mails over 10 MB once they are encoded (a third more than the files). */
const largeBytes = 7 * 2 ** 20;

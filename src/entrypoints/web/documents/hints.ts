import { day } from '#base/time';
import type { Company } from '#domain/accounts';
import type { Dispatch } from '#domain/dispatch';
import { type Document, paidState } from '#domain/documents';
import type { Message } from '#domain/outbox';
import { type Engagement, type RecordedHit, relayReason } from '#domain/tracking';
import type { View } from '../kit/index.ts';
import type { HintName } from '../screens/settings-privacy.tsx';
import { engagementOf, messagesOf, type Sendings } from './sendings.ts';

/** What might help, with its reason. */
export interface Hint {
  readonly name: HintName;
  readonly text: string;
}

const manyReads = 5; // Sinao: reading an invoice five times may be the sign of a difficulty
const notDownloadedAfter = 3 * day;
const notReachedAfter = 7 * day;
const onlyMachinesAfter = 2 * day;
const manyNetworks = 3;

interface Known {
  readonly document: Document;
  readonly dispatch: Dispatch;
  readonly to: readonly { readonly message: Message; readonly known: Engagement }[];
  readonly hits: readonly RecordedHit[];
  readonly now: Date;
}

/** Hints on a document by its newest dispatch; those that the company has turned off are left out. `hits` are of its messages. */
export function hintsOn(
  view: View,
  company: Pick<Company, 'hintsOff'>,
  document: Document,
  sendings: Sendings,
  hits: readonly RecordedHit[],
  now: Date,
): Hint[] {
  const dispatch = sendings.dispatches.find((one) => !one.canceledAt && !one.otherMeans);
  if (!dispatch) return [];
  const to = messagesOf(sendings, dispatch.id)
    .filter((message) => message.role === 'to' && hasLeft(message))
    .map((message) => ({ message, known: engagementOf(sendings, message.id) }));
  if (to.length === 0) return [];
  const known: Known = { document, dispatch, to, hits, now };
  return (Object.keys(rules) as HintName[]).flatMap((name) => {
    const values = company.hintsOff.includes(name) ? null : rules[name](known);
    return values ? [{ name, text: view.t(`hints.${name}`, values) }] : [];
  });
}

type Values = { readonly count: number };

/** Each says with how many it is about, or null. Nothing is said where nothing may be recorded. */
const rules: Readonly<Record<HintName, (known: Known) => Values | null>> = {
  unpaid: ({ document, to }) => {
    // Who opens the e-mail and follows its link has read once, and left two signs.
    const reads = to.reduce((sum, { known }) => sum + Math.max(known.openedCount, known.viewedCount), 0);
    const isOpen =
      document.kind === 'invoice' && paidState(document) !== 'paid' && document.disputedAt === null;
    return isOpen && reads >= manyReads ? { count: reads } : null;
  },
  notDownloaded: ({ to, dispatch, now }) => {
    const seen = to.some(({ known }) => known.openedCount + known.viewedCount > 0);
    const isOld = ageOf(to, now) >= notDownloadedAfter;
    return seen && isOld && !dispatch.attach && to.every(({ known }) => known.downloadedCount === 0)
      ? { count: Math.floor(ageOf(to, now) / day) }
      : null;
  },
  notReached: ({ to, dispatch, now }) =>
    dispatch.tracking !== 'none' &&
    ageOf(to, now) >= notReachedAfter &&
    to.every(({ known }) => known.level === 'none' && known.fetchedCount === 0)
      ? { count: Math.floor(ageOf(to, now) / day) }
      : null,
  onlyMachines: ({ to, now }) =>
    ageOf(to, now) >= onlyMachinesAfter &&
    to.some(({ known }) => known.level === 'machine_only') &&
    to.every(({ known }) => known.level === 'none' || known.level === 'machine_only') &&
    to.every(({ known }) => known.fetchedCount === 0)
      ? { count: to.length }
      : null,
  forwarded: ({ to, hits }) => {
    const most = Math.max(0, ...to.map(({ message }) => networksOf(hits, message.id).size));
    return most >= manyNetworks ? { count: most } : null;
  },
};

function hasLeft(message: Message): boolean {
  return message.delivery === 'handed_off' || message.delivery === 'accepted';
}

/** Since the last of them left, in milliseconds. */
function ageOf(to: Known['to'], now: Date): number {
  const left = to.map(({ message }) => (message.settledAt ?? message.createdAt).getTime());
  return now.getTime() - Math.max(...left);
}

/** Networks from which somebody looked at the page: a proxy for images says nothing about where a person is. */
function networksOf(hits: readonly RecordedHit[], messageId: string): Set<string> {
  return new Set(
    hits
      .filter((hit) => hit.messageId === messageId && hit.actor === 'person' && hit.signal !== 'pixel')
      // One person's address changes behind a relay: it says nothing about others.
      .filter((hit) => !hit.reasons.includes(relayReason))
      .flatMap((hit) => hit.network ?? []),
  );
}

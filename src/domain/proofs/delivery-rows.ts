import type { RecordedEvent } from '#domain/evidence';
import { channelOfLevel } from '#domain/registered';
import type { ProofWords } from './proof-words.ts';
import { utcTime } from './utc-time.ts';

type Row = readonly [string, string];

/** What a reader has to know of a delivery behind a code: notice and deadline, who decided what when and by which words, the hand-over. */
export function deliveryRows(t: ProofWords, own: readonly RecordedEvent[]): Row[] {
  return own.flatMap((event) => rowsOf(t, event));
}

function rowsOf(t: ProofWords, { type, at, data }: RecordedEvent): Row[] {
  switch (type) {
    case 'notification.sent':
      return [
        [t('fact.notified'), utcTime(at)],
        ...(typeof data['deadline'] === 'string'
          ? [[t('fact.deadline'), utcTime(new Date(data['deadline']))] as const]
          : []),
      ];
    case 'notification.delegated':
      return [[t('fact.delegated'), `${utcTime(at)} · ${delegateOf(data)}`]];
    case 'notification.delegation_ended':
      return [[t('fact.delegationEnded'), `${utcTime(at)} · ${delegateOf(data)}`]];
    case 'notification.failed':
      return [[t('fact.decision'), `${utcTime(at)} · ${t('decision.undeliverable')}`]];
    case 'content.handed_over':
      return [[t('fact.handedOver'), [utcTime(at), delegateOf(data)].filter(Boolean).join(' · ')]];
    case 'content.withdrawn':
      return [[t('fact.decision'), `${utcTime(at)} · ${t('decision.withdrawn')}`]];
    case 'decision.accepted':
    case 'decision.refused':
    case 'decision.expired':
      return decisionRows(t, type, at, data);
    default:
      return [];
  }
}

function decisionRows(
  t: ProofWords,
  type: 'decision.accepted' | 'decision.refused' | 'decision.expired',
  at: Date,
  data: RecordedEvent['data'],
): Row[] {
  const { statement, statementSha256, reason } = data;
  const code = channelOfLevel(data['level']);
  const rows: Row[] = [[t('fact.decision'), `${utcTime(at)} · ${t(type, { code })}`]];
  const delegate = delegateOf(data);
  if (delegate) rows.push([t('fact.decidedBy'), delegate]);
  if (typeof statement === 'string') rows.push([t('fact.statement'), statement]);
  if (typeof statementSha256 === 'string') rows.push([t('fact.statementHash'), statementSha256]);
  if (typeof reason === 'string') rows.push([t('fact.reason'), reason]);
  return rows;
}

/** The colleague who acted or to whom it was handed; empty where it was the recipient himself, or his name was erased. */
function delegateOf({ delegateName: name, delegateAddress: address }: RecordedEvent['data']): string {
  return typeof name === 'string' ? `${name} <${String(address ?? '')}>` : '';
}

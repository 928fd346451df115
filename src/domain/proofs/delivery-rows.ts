import type { RecordedEvent } from '#domain/evidence';
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
    case 'content.handed_over':
      return [[t('fact.handedOver'), utcTime(at)]];
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
  { statement, statementSha256, reason }: RecordedEvent['data'],
): Row[] {
  const rows: Row[] = [[t('fact.decision'), `${utcTime(at)} · ${t(type)}`]];
  if (typeof statement === 'string') rows.push([t('fact.statement'), statement]);
  if (typeof statementSha256 === 'string') rows.push([t('fact.statementHash'), statementSha256]);
  if (typeof reason === 'string') rows.push([t('fact.reason'), reason]);
  return rows;
}

import type { Happening, View } from '../kit/index.ts';

/** What is looked at in an event. */
type Returned = {
  readonly type: string;
  readonly certainty: 'certain' | 'probable';
  readonly data: Readonly<Record<string, unknown>>;
};

/** What an answer, an automatic one or a receipt says beyond its kind: who wrote, until when away, the text, who vouches for it. */
export function returnedWords(view: View, event: Returned): Pick<Happening, 'why' | 'quote'> {
  const { t } = view;
  const { data } = event;
  if (data['by'] !== 'report') return {};
  const text = (name: string): string => (typeof data[name] === 'string' ? String(data[name]) : '');
  const isAnswer = event.type === 'message.replied' || event.type === 'message.auto_replied';
  const away = text('absentUntil');
  const said = [
    isAnswer && text('from') ? t('reply.by', { from: text('from') }) : '',
    away ? t('reply.absentUntil', { date: view.format.date(new Date(`${away}T12:00:00Z`)) }) : '',
    event.type === 'message.replied' ? vouched(view, data, text('dkimDomain')) : '',
    event.type === 'message.receipt_returned'
      ? t(data['byHand'] === true ? 'receipt.byHand' : 'receipt.byMachine')
      : '',
    event.certainty === 'probable' ? t('report.probable') : '',
  ].filter((part) => part !== '');
  return {
    ...(said.length > 0 ? { why: said.join(' ') } : {}),
    ...(isAnswer && text('text') ? { quote: text('text') } : {}),
  };
}

function vouched({ t }: View, data: Returned['data'], domain: string): string {
  return data['dkim'] === 'pass' && data['dkimAligned'] === true
    ? t('reply.signed', { domain })
    : t('reply.unsigned');
}

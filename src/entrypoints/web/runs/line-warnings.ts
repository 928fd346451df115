import { languageName } from '#base/language';
import type { LineWarning, RunLine } from '#domain/runs';
import type { View } from '../kit/index.ts';

/** The warnings of a line as sentences, in the words of the send window; what the line is blocked for is not said twice. */
export function warningSentences(view: View, { draft, problems, customerName }: RunLine): string[] {
  const isSaid = (one: LineWarning): boolean => problems.some((problem) => problem.reason === one.kind);
  return (draft?.warnings ?? []).flatMap((one) => {
    const key = `send.warn.${one.kind}.bold`;
    // That there is no sender stands above the page.
    if (isSaid(one) || one.kind === 'no_own_sender' || !view.t.has(key)) return [];
    return [view.t(key, valuesOf(view, one, { customer: customerName, sender: draft?.senderAddress ?? '' }))];
  });
}

function valuesOf(
  { t, format, language }: View,
  { kind, value = '' }: LineWarning,
  of: { readonly customer: string; readonly sender: string },
): Record<string, string> {
  const why = `reminders.why.${value}`;
  return {
    address: kind === 'sender_broken' ? of.sender : value,
    customer: of.customer,
    ...(kind === 'already_sent' && value ? { when: format.dateTime(new Date(value)) } : { when: '' }),
    ...(kind === 'large' ? { size: format.bytes(Number(value)) } : { size: '' }),
    ...(kind === 'language_differs' ? { of: languageName(value as never, language) } : { of: '' }),
    why: t.has(why) ? t(why) : '',
  };
}

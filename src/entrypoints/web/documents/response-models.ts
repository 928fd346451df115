import type { Document } from '#domain/documents';
import type { Message } from '#domain/outbox';
import { type CustomerResponse, type ResponseKind, responsesTo } from '#domain/responses';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { EventModel } from '../screens/event-words.ts';

const eventTypes: Readonly<Record<ResponseKind, string>> = {
  accepted: 'decision.accepted',
  refused: 'decision.refused',
  payment_declared: 'payment.declared',
  disputed: 'document.disputed',
  replied: 'message.replied',
  forwarded: 'message.forwarded',
  misdirected: 'message.misdirected',
};

/** What the customer did on his page, newest first, with the words that were written. */
export async function responseModels(
  tx: Tx<WebTables>,
  view: View,
  document: Document,
  messages: ReadonlyMap<string, Message>,
): Promise<EventModel[]> {
  const responses = await responsesTo(tx, document.companyId, [document.id]);
  return responses.reverse().map((response) => {
    const message = messages.get(response.messageId);
    return {
      type: eventTypes[response.kind],
      at: response.at,
      actor: 'person',
      certainty: 'certain' as const,
      data: { text: response.text || undefined, remark: remarkOf(view, response) || undefined },
      who: response.name || message?.name || message?.address || null,
    };
  });
}

/** Day and reference of a declared payment, to whom it was passed on, and that a code was shown; empty where there is nothing of it. */
export function remarkOf(view: Pick<View, 't' | 'format'>, { data }: CustomerResponse): string {
  const { t, format } = view;
  return [
    data.paidOn ? t('response.paidOn', { day: format.longDate(data.paidOn) }) : '',
    data.reference ?? '',
    data.to ?? '',
    data.verified ? t('response.verified') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

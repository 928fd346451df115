import type { Notice } from '#domain/notices';
import { type CustomerResponse, type ResponseKind, responsesTo } from '#domain/responses';
import type { Tx } from '#stores/database';
import { remarkOf } from '../documents/response-models.ts';
import type { WebTables } from '../needs.ts';
import type { Words } from '../screens/notice-words.ts';

const kinds: Readonly<Partial<Record<Notice['kind'], ResponseKind>>> = {
  customer_accepted: 'accepted',
  customer_refused: 'refused',
  customer_paid: 'payment_declared',
  customer_disputed: 'disputed',
  customer_replied: 'replied',
};

/** What customers wrote on their page, by notice id: the newest response of that kind to that e-mail, with day and reference of a payment. */
export async function wordsOfCustomers(
  tx: Tx<WebTables>,
  view: Words,
  companyId: string,
  notices: readonly Notice[],
): Promise<Map<string, string>> {
  const answered = notices.filter((notice) => kinds[notice.kind]);
  const documentIds = [...new Set(answered.flatMap((notice) => notice.documentId ?? []))];
  const responses = await responsesTo(tx, companyId, documentIds);
  const words = new Map<string, string>();
  for (const notice of answered) {
    const response = responses.findLast(
      ({ messageId, kind }) => messageId === notice.subjectId && kind === kinds[notice.kind],
    );
    const text = response ? textOf(view, response) : '';
    if (text) words.set(notice.id, text);
  }
  return words;
}

function textOf(view: Words, response: CustomerResponse): string {
  return [response.text, remarkOf(view, response)].filter(Boolean).join('\n');
}

import { limitSentence } from '#domain/accounts';
import type { ReceivedFiles } from '#domain/intake';

const unreadable: Readonly<Record<string, string>> = {
  empty: 'is empty',
  encrypted: 'is protected by a password; export it without one',
  broken_pdf: 'is damaged; export it again',
  broken_xml: 'is damaged; export it again',
  unsafe_xml: 'declares a document type or entities, which an invoice may not',
  too_big: 'is larger than this installation takes',
  too_many_pages: 'has more than 500 pages',
  took_too_long: 'took too long to read; export it without large drawings',
  unsupported_type: 'is neither a PDF nor an invoice in XML that is known here',
  tnef: 'is in the format of Outlook alone; set it to send mail as HTML or plain text',
  invalid: 'comes with facts that are not valid; look at the sidecar',
};

const problems: Readonly<Record<string, string>> = {
  recipient_missing: 'nobody is named to send it to, and its customer has no contact',
  address_invalid: 'an address is not valid',
  document_incomplete: 'facts are missing; complete it in Envoi and send it from there',
  reminder_settled: 'it is settled already: nobody is reminded of it',
  document_canceled: 'it is canceled in Envoi',
  sender_missing: 'there is no sender',
  sender_broken: 'the sender does not work at present',
  variable_missing: 'the template needs a fact that is not known',
  several_customers: 'the documents are of several customers',
};

/** What became of dropped files, for whoever looks into `done` or `failed`. */
export function sentenceOf(received: ReceivedFiles): string {
  if (received.ok) {
    if (received.isAgain)
      return `Known already: taken in before${received.dispatchId ? ` and sent as ${received.dispatchId}` : ''}. Nothing was done this time.`;
    const ids = received.documents.map((one) => one.id).join(', ');
    return received.dispatchId
      ? `Taken in as ${ids} and sent as ${received.dispatchId}.`
      : `Taken in as ${ids}. It was not sent; that can be done in Envoi.`;
  }
  switch (received.reason) {
    case 'no_document':
      return 'There is no PDF or XML of that name. Drop the document and what belongs to it with the same name, all at once.';
    case 'document_refused':
      return `${received.file} ${unreadable[received.why] ?? 'cannot be used as a document'}.`;
    case 'file_refused':
      return `${received.file} is empty, too big or a program; mail servers would drop it.`;
    case 'not_sendable': {
      const [first] = received.problems;
      if (first?.reason === 'plan_limit')
        return `It was not sent: ${limitSentence(first.value)} Drop it again then.`;
      const words = problems[first?.reason ?? ''] ?? first?.reason ?? 'unknown';
      return `It was not sent: ${words}${first?.value ? ` (${first.value})` : ''}. Correct that and drop it again.`;
    }
  }
}

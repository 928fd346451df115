import { documentRow } from './document-row.ts';
import { messageRow } from './message-row.ts';
import type { OverviewTx } from './overview-sources.ts';
import type { DocumentRow, MessageRow } from './overview-tables.ts';
import { readSources } from './read-sources.ts';

/** Works out the overview rows of documents and of the messages that sent them, from the tables of the other folders. */
export async function workOutRows(
  tx: OverviewTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<{ documents: DocumentRow[]; messages: MessageRow[] }> {
  const sources = await readSources(tx, companyId, documentIds);
  const byId = new Map(sources.documents.map((document) => [document.id, document]));
  return {
    documents: sources.documents.map((document) =>
      documentRow(sources, document, sources.lastOfDocument.get(document.id)),
    ),
    messages: sources.messages.flatMap((message) => {
      const document = byId.get(message.documentId);
      return document ? [messageRow(sources, message, document, sources.lastOfMessage.get(message.id))] : [];
    }),
  };
}

import { markReplied } from '#domain/tracking';
import type { RespondTx } from './about.ts';
import type { CustomerResponse } from './response.ts';
import { insertResponse } from './response-table.ts';

/**
 * Writes a response. Whoever answers on the page has it before him, so that the message counts as replied to, in every mode; except by who says
 * that it was not meant for him. False when the document was decided already: of two at the same moment, one is written.
 */
export async function keepResponse(tx: RespondTx, response: CustomerResponse): Promise<boolean> {
  if (!(await insertResponse(tx, response))) return false;
  if (response.kind !== 'misdirected') await markReplied(tx, response.messageId, response.at);
  return true;
}

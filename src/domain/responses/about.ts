import { type Format, isLanguage, type Language, makeFormat } from '#base/language';
import { type AccountTables, type Company, getCompany } from '#domain/accounts';
import { type Dispatch, type DispatchTables, getDispatches, type SubmitTables } from '#domain/dispatch';
import { type Document, getDocument } from '#domain/documents';
import { getLetters, getMessages, type Letter, type Message } from '#domain/outbox';
import type { Link } from '#domain/tracking';
import type { Tx } from '#stores/database';
import type { ResponseTables } from './response-table.ts';
import { type ResponseTexts, responseTexts } from './texts.ts';

export type RespondTables = SubmitTables & ResponseTables & AccountTables & DispatchTables;
export type RespondTx = Tx<RespondTables>;

/** Everything that a response is about. */
export interface About {
  readonly company: Company;
  readonly document: Document;
  readonly dispatch: Dispatch;
  readonly message: Message;
  readonly letter: Letter | null;
}

/** Why a response is not taken, as the page says it. */
export type RespondRefusal =
  /** The link is none that counts, or does not hold this document. */
  | 'not_open'
  /** Something needed was not typed. */
  | 'incomplete'
  | 'too_often';

/** Reads what a link and a document stand for; null where nobody may answer: duplicates, documents that were replaced or canceled. */
export async function readAbout(tx: RespondTx, link: Link, documentId: string): Promise<About | null> {
  if (!link.counted || !link.documentIds.includes(documentId)) return null;
  const { companyId } = link;
  const company = await getCompany(tx, companyId);
  const document = await getDocument(tx, companyId, documentId);
  const [message] = await getMessages(tx, companyId, { ids: [link.messageId] });
  const [dispatch] = await getDispatches(tx, companyId, { ids: [link.dispatchId] });
  if (!company || !document || !message || !dispatch) return null;
  if (document.replacedBy || document.canceledAt) return null;
  const [letter = null] = await getLetters(tx, [message.letterId]);
  return { company, document, dispatch, message, letter };
}

/** The words and formats of a language, in the company's country and zone. */
export function speakerOf(
  company: Company,
  language: string,
  now: Date,
): { readonly t: ResponseTexts; readonly format: Format; readonly language: Language } {
  const own = isLanguage(language) ? language : company.language;
  const format = makeFormat({ language: own, country: company.country, zone: company.timeZone, now });
  return { t: responseTexts(own), format, language: own };
}

/** "Quote Q-2026-045". */
export function nameOf(t: ResponseTexts, { kind, number }: Pick<Document, 'kind' | 'number'>): string {
  return [t(`kind.${kind}`), number].filter(Boolean).join(' ');
}

/** Where answers to the dispatch go: that mailbox also hears of what was done on the page. */
export function ownMailbox({ letter }: About): string | null {
  return letter ? (letter.replyTo ?? letter.fromAddress) : null;
}

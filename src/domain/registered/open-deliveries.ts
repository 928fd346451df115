import type { Language } from '#base/language';
import { shownMobile } from '#base/phone';
import { type ContactTables, getContactsByAddress } from '#domain/customers';
import type { Fact } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { addressKey, sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { type Delivery, etsi, type Service } from './delivery.ts';
import { insertDeliveries, type RegisteredTables } from './delivery-table.ts';
import { registeredWordsIn } from './registered-deps.ts';

/** What a provider of registered delivery takes over. */
export interface NewDeliveries<Name extends string = Service> {
  readonly service: Name;
  readonly messages: readonly Message[];
  readonly documentIds: readonly string[];
  readonly fileIds: readonly string[];
  readonly language: string;
  readonly senderEmail: string;
  readonly days: number;
  /** Our own service alone can do that. */
  readonly senderHidden: boolean;
}

/** Puts the content of these messages behind a code, in the transaction that makes them. Returns the facts to be recorded. */
export async function openDeliveries(
  tx: Tx<RegisteredTables & ContactTables>,
  { messages, ...of }: NewDeliveries,
  now: Date,
): Promise<Fact[]> {
  const mobiles = await mobilesOf(tx, messages);
  const deliveries = messages.map(
    ({ id, companyId, dispatchId, address }): Delivery => ({
      ...of,
      messageId: id,
      companyId,
      dispatchId,
      address,
      mobile: mobiles.get(addressKey(address)) ?? null,
      state: 'waiting',
      notifiedAt: null,
      deadlineAt: null,
      decidedAt: null,
      decidedBy: null,
      handedOverTo: null,
      decidedWith: null,
      handedOverWith: null,
      handedOverAt: null,
      reminded: 0,
      content: null,
      contentKey: null,
      createdAt: now,
    }),
  );
  await insertDeliveries(tx, deliveries);
  return deliveries.map(({ companyId, dispatchId, messageId, service, days, senderHidden, mobile }) => ({
    type: 'notification.submitted',
    companyId,
    dispatchId,
    messageId,
    documentId: of.documentIds[0] ?? null,
    at: now,
    actor: 'system',
    data: {
      service,
      days,
      senderHidden,
      etsi: etsi('SubmissionAcceptance'),
      assurance: 'non-qualified, eIDAS art. 43(1)',
    },
    ...(mobile ? { personal: { mobile: shownMobile(mobile) } } : {}),
  }));
}

/** The number that was noted for each address before this was sent; where two contacts with one address have different ones, none is certain. */
async function mobilesOf(
  tx: Tx<ContactTables>,
  messages: readonly Message[],
): Promise<ReadonlyMap<string, string>> {
  const companyId = messages[0]?.companyId ?? '';
  const contacts = await getContactsByAddress(
    tx,
    companyId,
    messages.map(({ address }) => address),
  );
  const found = new Map<string, string>();
  for (const { email, mobile } of contacts) {
    const others = contacts.filter((one) => one.mobile && sameAddress(one.email, email));
    if (mobile && others.every((one) => one.mobile === mobile)) found.set(addressKey(email), mobile);
  }
  return found;
}

/** What the mail shows in place of the documents while the sender is hidden. */
export function noticeCover(
  language: Language,
  service: Service,
): { readonly title: string; readonly button: string } {
  const t = registeredWordsIn(language);
  return { title: t('service', { service }), button: t('notice.hidden.button') };
}

/** The text of the mail that announces a delivery; it carries no content, and with a hidden sender nothing that tells of him. */
export function noticeText(
  language: Language,
  of: {
    readonly service: Service;
    readonly company: string;
    readonly document: string;
    readonly days: number;
    readonly senderHidden: boolean;
  },
): { readonly subject: string; readonly text: string } {
  const t = registeredWordsIn(language);
  const { service, days } = of;
  const [subject, text] = of.senderHidden
    ? [t('notice.hidden.subject', { service }), t('notice.hidden.text', { service, days })]
    : [t('notice.subject', of), t('notice.text', of)];
  return { subject, text: `${text}\n\n${t('law')}` };
}

import type { Language } from '#base/language';
import { type Company, hasFeature } from '#domain/accounts';
import type { Customer } from '#domain/customers';
import type { Document } from '#domain/documents';
import { isProviderService, usualDays } from '#domain/registered';
import { filesSentCopies, type Sender } from '#domain/senders';
import type { TrackingMode } from '#domain/tracking';
import { sameAddress } from '#mail/address';
import { isBehindCode, narrowestMode } from './dispatch.ts';
import type { DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';
import { isOwn } from './from-and-reply.ts';
import type { Addressee } from './gather-recipients.ts';

/** How it goes: in the mail, by a link, or behind a code; then nothing of it is in the mail, and its own record replaces tracking. */
export function wayOf(
  request: DispatchRequest,
  of: Pick<Draft, 'company' | 'documents'>,
  sender: Sender | null,
) {
  const { company, documents } = of;
  const service = request.service ?? 'standard';
  const behindCode = isBehindCode(service);
  // To a provider the documents go in the mail, and by no other way: a link to us would open what is to be accepted there.
  const outside = isProviderService(service);
  const isPlain = !behindCode && !outside;
  return {
    service,
    serviceDays: request.serviceDays ?? usualDays,
    senderHidden: behindCode && request.hideSender === true,
    attach: outside || (!behindCode && (request.attach ?? company.attachDocuments ?? isOwn(sender))),
    link: behindCode || (!outside && (request.link ?? true)),
    tracking: !isPlain ? ('none' as const) : mostRecorded(company, documents, request.tracking),
    copyToSender: isPlain && !filesSentCopies(sender) && (request.copyToSender ?? company.copyToSender),
  };
}

/** Company, then the kinds of the documents, then this dispatch: each may only narrow. What the plan never shows is not recorded. */
function mostRecorded(
  company: Company,
  documents: readonly Document[],
  asked: TrackingMode | undefined,
): TrackingMode {
  const byKind = documents.map(({ kind }) => company.trackingByKind[kind] ?? 'full');
  const byPlan = hasFeature(company, 'engagement') ? 'full' : 'none';
  return narrowestMode(company.trackingMode, ...byKind, asked ?? 'full', byPlan);
}

/** What the first person in To reads, else the customer, else what the document itself says. */
export function readerLanguageOf(
  addressees: readonly Addressee[],
  customer: Customer | null,
  document: Document,
): Language | null {
  const first = addressees.find((one) => one.role === 'to');
  const contact = first && customer?.contacts.find((one) => sameAddress(one.email, first.address));
  return contact?.language ?? customer?.language ?? document.buyerLanguage;
}

import type { EventData, EventValue, Fact } from '#domain/evidence';
import type { By, Document } from './document.ts';

/** Facts that tell who or how much: kept so that they can be erased. The others stay in the event for good. */
const personal: ReadonlySet<string> = new Set([
  'number',
  'currency',
  'total',
  'amountDue',
  'sellerName',
  'buyerName',
  'buyerVatId',
  'buyerEmails',
  'externalId',
]);

/** The event of a document that came into being, as the first or a later version. */
export function documentCreated(document: Document, by: By, now: Date): Fact {
  return {
    ...about(document, by, now),
    type: 'document.created',
    data: {
      by: by.id,
      customerId: document.customerId,
      kind: document.kind,
      version: document.version,
      format: document.format,
      sha256: document.sha256,
      bytes: document.bytes,
      pdfSha256: document.pdfSha256,
      xmlSha256: document.xmlSha256,
      pages: document.pages,
    },
    personal: {
      fileName: document.fileName,
      number: document.number,
      total: document.total,
      currency: document.currency,
      buyerName: document.buyerName,
      buyerEmails: document.buyerEmails,
    },
  };
}

/** The event of an older version that a new one takes the place of. */
export function documentReplaced(old: Document, replacedBy: Document, by: By, now: Date): Fact {
  return {
    ...about(old, by, now),
    type: 'document.replaced',
    data: { by: by.id, replacedBy: replacedBy.id, version: old.version, newVersion: replacedBy.version },
  };
}

const watched = [
  'kind',
  'number',
  'issueDate',
  'dueDate',
  'currency',
  'total',
  'amountDue',
  'buyerName',
  'buyerVatId',
  'buyerCountry',
  'buyerLanguage',
  'buyerEmails',
  'customerId',
  'externalId',
  'remindersPausedUntil',
] as const satisfies readonly (keyof Document)[];

/** The events that tell two states of a document apart: the changed facts, the payment. None when nothing changed. */
export function documentChanges(before: Document, after: Document, by: By, now: Date): Fact[] {
  const changes: [string, EventValue, EventValue][] = watched.map((name) => [
    name,
    plain(before[name]),
    plain(after[name]),
  ]);
  changes.push(['disputed', before.disputedAt !== null, after.disputedAt !== null]);
  // A payment says by itself that it was looked for.
  if (before.paidOn === after.paidOn && before.paidAmount === after.paidAmount)
    changes.push(['paymentDeclared', before.paymentDeclaredAt !== null, after.paymentDeclaredAt !== null]);
  changes.push(['canceled', before.canceledAt !== null, after.canceledAt !== null]);
  const changed = changes.filter(([, old, fresh]) => JSON.stringify(old) !== JSON.stringify(fresh));
  const facts: Fact[] = [];
  if (changed.length > 0) {
    facts.push({
      ...about(after, by, now),
      type: 'document.changed',
      data: {
        by: by.id,
        fields: changed.map(([name]) => name).sort(),
        ...fromTo(changed.filter(([name]) => !personal.has(name))),
      },
      personal: fromTo(changed.filter(([name]) => personal.has(name))),
    });
  }
  return [...facts, ...paymentChange(before, after, by, now)];
}

function paymentChange(before: Document, after: Document, by: By, now: Date): Fact[] {
  if (before.paidOn === after.paidOn && before.paidAmount === after.paidAmount) return [];
  if (after.paidOn === null)
    return [{ ...about(after, by, now), type: 'payment.withdrawn', data: { by: by.id } }];
  return [
    {
      ...about(after, by, now),
      type: 'payment.recorded',
      data: { by: by.id, on: after.paidOn },
      personal: { amount: after.paidAmount, currency: after.currency },
    },
  ];
}

function about(document: Document, by: By, now: Date) {
  return { companyId: document.companyId, documentId: document.id, at: now, actor: by.actor } as const;
}

function fromTo(changes: readonly [string, EventValue, EventValue][]): EventData {
  return Object.fromEntries(changes.map(([name, from, to]) => [name, { from, to }]));
}

function plain(value: string | readonly string[] | null): EventValue {
  return value;
}

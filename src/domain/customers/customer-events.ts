import type { By } from '#domain/documents';
import type { EventData, EventValue, Fact } from '#domain/evidence';
import type { Contact, Customer } from './customer.ts';

type Company = Pick<Customer, 'companyId'>;

/** The event of a new contact. */
export function contactAdded(company: Company, contact: Contact, by: By, now: Date): Fact {
  return {
    ...about(company, by, now),
    type: 'contact.added',
    data: { ...ids(contact, by), roles: contact.roles, tracking: contact.tracking },
    personal: {
      email: contact.email,
      name: contact.name,
      trackingHow: contact.trackingHow,
      ...(contact.mobile ? { mobile: contact.mobile } : {}),
    },
  };
}

/** The event of a contact that is no longer one. */
export function contactRemoved(company: Company, contact: Contact, by: By, now: Date): Fact {
  return {
    ...about(company, by, now),
    type: 'contact.removed',
    data: ids(contact, by),
    personal: { email: contact.email },
  };
}

/** The event of what changed at a contact, or none; the address always goes along, to tell whom it is about. */
export function contactChanges(company: Company, before: Contact, after: Contact, by: By, now: Date): Fact[] {
  const open = changesOf([
    ['customerId', before.customerId, after.customerId],
    ['roles', before.roles, after.roles],
    ['language', before.language, after.language],
    ['tracking', before.tracking, after.tracking],
  ]);
  const hidden = changesOf([
    ['email', before.email, after.email],
    ['name', before.name, after.name],
    ['mobile', before.mobile, after.mobile],
    ['trackingHow', before.trackingHow, after.trackingHow],
  ]);
  if (open.length + hidden.length === 0) return [];
  const { customerId, ...changes } = fromTo(open);
  return [
    {
      ...about(company, by, now),
      type: 'contact.changed',
      data: {
        ...ids(after, by),
        fields: [...open, ...hidden].map(([name]) => name).sort(),
        ...changes,
        ...(customerId ? { fromCustomerId: before.customerId } : {}),
      },
      personal: { address: after.email, ...fromTo(hidden) },
    },
  ];
}

/** The event of what changed at the customer itself, or none; it has no contact. */
export function customerChanges(before: Customer, after: Customer, by: By, now: Date): Fact[] {
  const open = changesOf([
    ['language', before.language, after.language],
    ['country', before.country, after.country],
    ['mergedInto', before.mergedInto, after.mergedInto],
    ['category', before.category, after.category],
  ]);
  const hidden = changesOf([
    ['customerName', before.name, after.name],
    ['vatId', before.vatId, after.vatId],
    ['defaultCc', before.defaultCc, after.defaultCc],
  ]);
  if (open.length + hidden.length === 0) return [];
  return [
    {
      ...about(after, by, now),
      type: 'contact.changed',
      data: {
        by: by.id,
        customerId: after.id,
        contactId: null,
        fields: [...open, ...hidden].map(([name]) => name).sort(),
        ...fromTo(open),
      },
      personal: fromTo(hidden),
    },
  ];
}

type Change = [name: string, from: EventValue, to: EventValue];

function changesOf(all: readonly Change[]): Change[] {
  return all.filter(([, from, to]) => JSON.stringify(from) !== JSON.stringify(to));
}

function fromTo(changes: readonly Change[]): EventData {
  return Object.fromEntries(changes.map(([name, from, to]) => [name, { from, to }]));
}

function ids(contact: Contact, by: By): EventData {
  return { by: by.id, customerId: contact.customerId, contactId: contact.id };
}

function about({ companyId }: Company, by: By, now: Date) {
  return { companyId, at: now, actor: by.actor } as const;
}

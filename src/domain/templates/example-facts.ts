import { type Format, type Language, makeFormat } from '#base/language';
import type { TextKind } from './text.ts';
import type { TextDocument, TextFacts } from './text-variables.ts';

/** Facts in which nothing is missing, to find the variables that can never be filled. Nobody sees them. */
export function exampleFacts(kind: TextKind): TextFacts {
  const document: TextDocument = {
    kind: kind === 'several' ? 'invoice' : kind,
    number: '2026-0318',
    issueDate: '2026-11-12',
    dueDate: '2026-12-12',
    currency: 'EUR',
    total: '3866.40',
    amountDue: '1000.00',
  };
  return {
    documents: kind === 'several' ? [document, document] : [document],
    customerName: 'Customer',
    openDocuments: [document],
    paymentUrl: 'https://pay.example/',
    contactName: 'Contact',
    company: { name: 'Company', address: 'Street\nTown', vatId: 'BE0999999922' },
    user: { firstName: 'First', lastName: 'Last', email: 'user@company.example' },
    attached: true,
    linked: true,
  };
}

export function exampleFormat(language: Language): Format {
  return makeFormat({ language, zone: 'UTC', now: new Date(0) });
}

import type { GoingOutModel } from '../kit/index.ts';
import type { SendModel } from './send-model.ts';

export const goingOutModel: GoingOutModel = { dispatch: 'dsp_1', seconds: 10, people: 4, next: '/documents' };

/** The send window with everything in it: warnings, a held address, an XML, variables. */
export const sendModel: SendModel = {
  documents: [{ id: 'doc_0', title: 'invoice 2026-0321' }],
  customer: 'Bakkerij Peeters',
  purpose: 'first',
  once: 'once',
  service: 'standard',
  services: ['standard'],
  senderHidden: false,
  hideTicked: false,
  channels: ['email', 'network'],
  partner: {
    company: 'Bakkerij Peeters BV',
    proof: 'Found by its VAT id BE0403170701, which the operator has confirmed.',
  },
  unreachable: null,
  senders: [
    { id: 'snd_1', label: 'invoices@vautrin.example' },
    { id: 'snd_2', label: 'claire@vautrin.example' },
  ],
  senderId: 'snd_1',
  senderIsOwn: false,
  senderReason: 'invoices@ because it is the default.',
  senderState: 'valid',
  senderSaid: null,
  fromName: 'Claire Vautrin, Vautrin Joinery',
  to: [
    { name: 'Els Peeters', address: 'els@peeters.example', state: 'good' },
    { name: null, address: 'boekhouding@peeters.example', state: 'good' },
  ],
  toIsProposed: false,
  cc: [
    {
      name: null,
      address: 'shop@peeters.example',
      state: 'held',
      why: 'Its mailbox did not exist on 2 October.',
    },
  ],
  bcc: [{ name: null, address: 'books@numbers.example', state: 'good' }],
  typed: {},
  copyToSender: true,
  files: [
    { id: 'fil_1', name: '2026-0321.pdf', bytes: 184_000, ticked: true, isXml: false },
    { id: 'fil_2', name: '2026-0321.xml', bytes: 22_000, ticked: false, isXml: true },
  ],
  limitBytes: 10 * 2 ** 20,
  fileName: '2026-0321.pdf',
  attach: 'both',
  tracking: 'full',
  trackingChoices: ['full', 'links', 'none'],
  when: { kind: 'now' },
  subject: 'Invoice 2026-0321 from Vautrin Joinery',
  subjectIsOwn: false,
  proposedAt: '2026-11-19T16:00',
  html: '<p>Dear Els,</p><p>Here is invoice 2026-0321.</p><p>[[documents]]</p>',
  text: 'Dear Els,\n\nHere is invoice 2026-0321.\n\n[[documents]]',
  textIsOwn: false,
  templates: [
    { id: 'en', label: 'Invoice · first · English' },
    { id: 'nl', label: 'Invoice · first · Dutch' },
  ],
  templateId: 'en',
  facts: {
    values: {
      kind: 'invoice',
      number: '2026-0321',
      customer: 'Bakkerij Peeters',
      total: '1284.00',
      currency: 'EUR',
    },
    proposed: ['number', 'total'],
  },
  preview: {
    warnings: [
      {
        state: 'unconfirmed',
        bold: 'Already sent 2 hours ago',
        text: 'to Els Peeters, and accepted by her server.',
        href: '/emails/msg_1',
        wayOut: 'See it',
      },
      {
        state: 'unconfirmed',
        bold: 'Els reads Dutch.',
        text: 'This text is in English.',
        href: '/send?document=doc_0&template=nl',
        wayOut: 'Use the Dutch text',
      },
      {
        state: 'held',
        bold: 'shop@peeters.example will be held.',
        text: 'Its mailbox did not exist on 2 October.',
        href: null,
        wayOut: null,
      },
    ],
    from: 'Claire Vautrin, Vautrin Joinery <invoices@vautrin.example>',
    to: 'Els Peeters, boekhouding@peeters.example',
    cc: 'shop@peeters.example',
    body: {
      before: '<p>Dear Els,</p><p>Here is invoice 2026-0321 for the bread shelves.</p>',
      after: '<p>Kind regards,<br />Claire Vautrin</p>',
    },
    cards: [
      { title: 'Invoice 2026-0321', line: '1,284.00 EUR · due 19 December 2026', button: 'See the invoice' },
    ],
    missing: [],
    people: 4,
    company: 'Bakkerij Peeters BV',
    blocked: null,
  },
  errors: {},
  back: '/documents/doc_0',
};

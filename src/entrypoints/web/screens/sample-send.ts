import type { GoingOutModel } from '../kit/index.ts';
import type { SendModel } from './send.tsx';

export const goingOutModel: GoingOutModel = { dispatch: 'dsp_1', seconds: 10, people: 4, next: '/documents' };

const words = (text: string) => ({ kind: 'words', text }) as const;
const variable = (name: string, value: string | null) => ({ kind: 'variable', name, value }) as const;

/** The send window with everything in it: warnings, a held address, an XML, variables. */
export const sendModel: SendModel = {
  documents: [{ id: 'doc_0', title: 'invoice 2026-0321' }],
  customer: 'Bakkerij Peeters',
  purpose: 'first',
  service: 'standard',
  services: ['standard'],
  senders: [
    { id: 'snd_1', label: 'invoices@vautrin.example' },
    { id: 'snd_2', label: 'claire@vautrin.example' },
  ],
  senderId: 'snd_1',
  senderReason: 'invoices@ because it is the default.',
  senderWorks: true,
  fromName: 'Claire Vautrin, Vautrin Joinery',
  to: [
    { name: 'Els Peeters', address: 'els@peeters.example', state: 'good' },
    { name: null, address: 'boekhouding@peeters.example', state: 'good' },
  ],
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
  limitBytes: 10_000_000,
  attach: 'both',
  tracking: 'full',
  when: { kind: 'now' },
  subject: 'Invoice 2026-0321 from Vautrin Joinery',
  text: 'Dear {{ contact.firstName }},\n\nHere is invoice {{ document.number }}.',
  templates: [
    { id: 'en', label: 'Invoice · first · English' },
    { id: 'nl', label: 'Invoice · first · Dutch' },
  ],
  templateId: 'en',
  variables: [
    { name: 'contact.firstName', meaning: 'first name of the contact' },
    { name: 'document.number', meaning: 'number' },
    { name: 'document.total', meaning: 'amount' },
  ],
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
    paragraphs: [
      [words('Dear '), variable('contact.firstName', 'Els'), words(',')],
      [
        words('Here is invoice '),
        variable('document.number', '2026-0321'),
        words(' for the bread shelves: '),
        variable('document.total', '1,284.00 EUR'),
        words(', due on '),
        variable('document.dueDate', null),
        words('.'),
      ],
      [words('Kind regards,\nClaire Vautrin')],
    ],
    card: {
      title: 'Invoice 2026-0321',
      line: '1,284.00 EUR · due 19 December 2026',
      button: 'See the invoice',
    },
    filled: 3,
    missing: ['document.dueDate'],
    people: 4,
    blocked: null,
  },
  errors: {},
  back: '/documents/doc_0',
};

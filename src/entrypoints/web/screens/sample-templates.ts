import type { TemplateModel, TemplatesModel } from './template-model.ts';

export const templatesModel: TemplatesModel = {
  kind: 'invoice',
  purpose: 'first',
  kinds: ['invoice', 'quote', 'several'],
  rows: [
    {
      language: 'English',
      own: [
        {
          id: 'tpl_1',
          name: 'Invoices 2026',
          subject: '{{ document.title }} from {{ company.name }}',
          sender: 'invoices@vautrin.example',
          isDefault: true,
        },
        {
          id: 'tpl_2',
          name: 'For the public sector',
          subject: '{{ document.title }}, your order',
          sender: 'offers@vautrin.example',
          stuck: { id: 'snd_2', address: 'offers@vautrin.example' },
          isDefault: false,
        },
      ],
      builtIn: { subject: '{{ document.title }} from {{ company.name }}', isDefault: false },
      newHref: '/settings/templates/new?kind=invoice&purpose=first&language=en',
    },
    {
      language: 'Dutch',
      own: [],
      builtIn: { subject: '{{ document.title }} van {{ company.name }}', isDefault: true },
      newHref: '/settings/templates/new?kind=invoice&purpose=first&language=nl',
    },
  ],
};

export const templateModel: TemplateModel = {
  id: 'tpl_1',
  kind: 'invoice',
  purpose: 'first',
  language: 'en',
  languageName: 'English',
  name: 'Invoices 2026',
  senderId: 'snd_1',
  senders: [{ id: 'snd_1', label: 'invoices@vautrin.example' }],
  isDefault: true,
  subject: '{{ document.title }} from {{ company.name }}',
  html: '<div>Dear {{ contact.name }},<br /><br />Please find below our {{ document.reference }}.</div>',
  text: 'Dear {{ contact.name }},\n\nPlease find below our {{ document.reference }}.',
  variables: [
    { name: 'document.number', value: '2026-0318', insert: '{{ document.number }}' },
    { name: 'document.due_date', value: '12 December 2026', insert: '{{ document.due_date }}' },
    { name: 'contact.name', value: null, insert: '{{ contact.name }}' },
    { name: 'portal.url', value: 'the customer’s link', insert: '{{ portal.url }}' },
  ],
  examples: [{ id: 'doc_1', title: 'invoice 2026-0318' }],
  exampleId: 'doc_1',
  preview: {
    subject: 'Invoice 2026-0318 from Vautrin Joinery',
    body: {
      before:
        '<p>Dear <span class="var" data-missing="">contact.name</span>,</p><p>Please find below our invoice 2026-0318.</p>',
      after: '<p>Kind regards,<br />Claire Vautrin</p>',
    },
    cards: [
      { title: 'Invoice 2026-0318', line: '3,866.40 EUR · due 12 December 2026', button: 'See invoice' },
    ],
    missing: ['contact.name'],
    fault: null,
  },
  fromSend: false,
  errors: {},
};

/** Words for one run, which are no template. */
export const runTextModel: TemplateModel = {
  ...templateModel,
  id: null,
  apart: {
    title: 'Bulk send',
    action: '/runs/run_1/texts/invoice/en',
    back: '/runs/run_1',
    note: 'These words are for this bulk send only. The template stays as it is.',
    save: 'Use for this bulk send',
    reset: { action: '/runs/run_1/texts/invoice/en', text: 'Back to the template' },
  },
};

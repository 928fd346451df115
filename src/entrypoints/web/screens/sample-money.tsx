import type { Child } from 'hono/jsx';
import type { View } from '../kit/index.ts';
import { PaymentsScreen } from './payments.tsx';
import type { PaymentsModel } from './payments-model.ts';
import { RunScreen } from './run.tsx';
import type { RunModel } from './run-model.ts';
import { RunsScreen } from './runs.tsx';
import { now } from './sample-documents.ts';
import { reminderPages } from './sample-reminders.tsx';

const peeters = {
  id: 'doc_4',
  number: '2026-0318',
  customer: 'Bakkerij Peeters',
  open: '1284.00',
  currency: 'EUR',
};

const paymentsModel: PaymentsModel = {
  tab: 'open',
  counts: { open: 3, confirmed: 41, ignored: 6 },
  last: {
    fileName: 'CAMT053-2026-11-12.xml',
    at: new Date(now.getTime() - 7 * 86_400_000),
    by: 'Claire Vautrin',
    days: 7,
    lastBookedOn: '2026-11-11',
  },
  rows: [
    {
      id: 'bke_1',
      bookedOn: '2026-11-11',
      amount: '1284.00',
      currency: 'EUR',
      name: 'BAKKERIJ PEETERS BV',
      text: 'FACTUUR 2026/0318 +++090/9337/55493+++',
      matches: [{ documents: [peeters], because: ['number', 'amount', 'name'], certainty: 'sure' }],
    },
    {
      id: 'bke_2',
      bookedOn: '2026-11-10',
      amount: '500.00',
      currency: 'EUR',
      name: 'Yann Le Goff',
      text: 'acompte',
      matches: [
        {
          documents: [
            { ...peeters, id: 'doc_5', number: '2026-0301', customer: 'Hôtel Belle-Île', open: '500.00' },
          ],
          because: ['amount'],
          certainty: 'possible',
        },
      ],
    },
    {
      id: 'bke_3',
      bookedOn: '2026-11-09',
      amount: '12.40',
      currency: 'EUR',
      name: '',
      text: 'INTERESTS 2026',
      matches: [],
    },
  ],
  newer: null,
  older: null,
  errors: {},
};

const line = {
  id: 'rln_1',
  documents: [{ id: 'doc_4', number: '2026-0318' }],
  customer: 'Bakkerij Peeters',
  to: ['els@peeters.example'],
  sender: 'invoices@vautrin.example',
  because: 'Your usual sender.',
  channels: ['email'] as ('email' | 'network')[],
  language: 'Dutch',
  subject: 'Factuur 2026-0318 van Vautrin Joinery',
  text: { words: 'Default', href: '/settings/templates/tpl_1' },
  attachments: 1,
  state: 'ready',
  problems: [],
  envelope: null,
} as const;

const runModel: RunModel = {
  id: 'run_1',
  purpose: 'first',
  state: 'ready',
  documents: 5,
  lines: 4,
  counts: { unchecked: 0, ready: 2, blocked: 1, excluded: 1, sent: 0, refused: 0, skipped: 0 },
  perMinute: null,
  secondsLeft: null,
  startedAt: null,
  undoSeconds: null,
  finishedAt: null,
  by: 'Claire Vautrin',
  shown: null,
  texts: [
    {
      name: 'invoice-nl',
      of: 'Invoice · Dutch',
      lines: 3,
      chosen: 'tpl_2',
      choices: [
        { value: '', text: 'As proposed' },
        { value: 'tpl_2', text: 'For the public sector' },
      ],
      isChanged: false,
      href: '/runs/run_1/texts/invoice/nl',
    },
    {
      name: 'invoice-fr',
      of: 'Invoice · French',
      lines: 1,
      chosen: '',
      choices: [{ value: '', text: 'As proposed' }],
      isChanged: true,
      href: '/runs/run_1/texts/invoice/fr',
    },
  ],
  rows: [
    line,
    {
      ...line,
      id: 'rln_2',
      customer: 'Hôtel Belle-Île',
      to: [],
      state: 'blocked',
      problems: [
        {
          sentence: 'Type an address to send it to.',
          repair: { href: '/customers/cus_2?contact=new', text: 'Add an address' },
          again: false,
        },
      ],
    },
    {
      ...line,
      id: 'rln_3',
      customer: 'Keller Dental',
      to: ['info@keller.example'],
      state: 'excluded',
      problems: [{ sentence: 'Went out on 12 Nov, 09:14 already.', repair: null, again: true }],
    },
    {
      ...line,
      id: 'rln_4',
      channels: ['email', 'network'],
      company: 'Construct Ionescu SRL',
      customer: 'Construct Ionescu SRL',
      documents: [
        { id: 'doc_5', number: '2026-0301' },
        { id: 'doc_6', number: '2026-0302', leftOut: 'Paid' },
        { id: 'doc_7', number: '2026-0303' },
        { id: 'doc_8', number: '2026-0304', apart: 'a file of its own: it is protected' },
      ],
      to: ['facturi@ionescu.example'],
      attachments: 2,
      joined: 2,
      language: 'Romanian',
      warnings: ['Already sent 12 Nov, 09:14'],
    },
  ],
  more: null,
  options: {
    grouping: 'document',
    channel: '',
    senderId: '',
    senders: [{ value: 'snd_1', text: 'invoices@vautrin.example' }],
    attach: '',
    joinPdfs: '',
    letter: false,
    ownLetter: 'Mahnung.pdf',
    services: ['standard', 'registered', 'confidential'],
    service: 'standard',
    serviceDays: 7,
    hideSender: false,
    sendAt: '',
    officeHours: false,
    perMinute: '',
    again: false,
  },
};

/** Samples of the pages about money: what came in, what is asked for again. */
export const moneyPages: Readonly<Record<string, (view: View) => Child>> = {
  '/payments': (view) => <PaymentsScreen view={view} model={paymentsModel} />,
  '/payments?tab=ignored': (view) => (
    <PaymentsScreen
      view={view}
      model={{ ...paymentsModel, tab: 'ignored', rows: [], last: null, errors: {} }}
    />
  ),
  '/runs': (view) => (
    <RunsScreen
      view={view}
      model={{
        rows: [
          {
            id: 'run_1',
            purpose: 'first',
            state: 'finished',
            at: now,
            by: 'Claire Vautrin',
            lines: 128,
            sent: 126,
            failed: 2,
          },
        ],
        newer: null,
        older: null,
      }}
    />
  ),
  '/runs/run_1': (view) => <RunScreen view={view} model={runModel} />,
  '/runs/run_1?starting': (view) => (
    <RunScreen view={view} model={{ ...runModel, state: 'running', undoSeconds: 8 }} />
  ),
  '/runs/run_2': (view) => (
    <RunScreen
      view={view}
      model={{
        ...runModel,
        state: 'paused',
        counts: { ...runModel.counts, ready: 7210, sent: 2780, refused: 10 },
        lines: 10_000,
        documents: 10_000,
        rows: [
          { ...line, state: 'sent', envelope: { state: 'accepted' } },
          { ...line, id: 'rln_9' },
        ],
      }}
    />
  ),
  ...reminderPages,
};

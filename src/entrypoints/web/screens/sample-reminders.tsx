import type { Child } from 'hono/jsx';
import type { View } from '../kit/index.ts';
import { PoliciesScreen } from './policies.tsx';
import { PolicyFormScreen } from './policy-form.tsx';
import { RemindersScreen } from './reminders.tsx';
import type { PolicyFormModel, PolicyModel, RemindersModel } from './reminders-model.ts';
import { now } from './sample-documents.ts';

const reminderRow = {
  id: 'doc_4',
  number: '2026-0318',
  customer: 'Bakkerij Peeters',
  category: 'Horeca',
  dueDate: '2026-11-05',
  daysLate: 14,
  open: '1284.00',
  currency: 'EUR',
  policy: 'Invoices',
  days: 14,
  on: '2026-11-19',
  whyNot: null,
  pauseReason: null,
  reminders: 1,
  lastOn: '2026-11-12',
} as const;

const remindersModel: RemindersModel = {
  tab: 'due',
  counts: { due: 2, later: 31, stopped: 4 },
  filter: { late: '', amount: '', customer: '', category: '' },
  categories: ['Grossisten', 'Horeca'],
  rows: [
    reminderRow,
    {
      ...reminderRow,
      id: 'doc_5',
      number: '2026-0301',
      customer: 'Hôtel Belle-Île',
      days: 7,
      reminders: 0,
      lastOn: null,
    },
  ],
  all: '/runs/remind?all=&tab=due',
  beyond: 0,
  waiting: [{ id: 'run_3', at: now, lines: 3 }],
  hasPolicy: true,
  bankDaysAgo: 7,
};

const policyModels: readonly PolicyModel[] = [
  {
    id: 'rpo_1',
    name: 'Invoices',
    isActive: true,
    mode: 'review',
    kinds: ['invoice', 'proforma'],
    minimumAmount: '25.00',
    isGrouped: true,
    joinPdfs: 'plain',
    bankDays: 5,
    sendHour: 9,
    by: 'Claire Vautrin',
    steps: [
      { days: -3, level: 0, sender: null, letter: false, subject: '', isOwnText: false },
      { days: 7, level: 1, sender: null, letter: false, subject: '', isOwnText: false },
      {
        days: 14,
        level: 2,
        sender: 'accounts@vautrin.example',
        service: 'registered',
        ownLetter: true,
        letter: true,
        subject: 'Second reminder',
        isOwnText: true,
      },
    ],
  },
];

const policyFormModel: PolicyFormModel = {
  id: 'rpo_1',
  values: {
    name: 'Invoices',
    isActive: true,
    mode: 'review',
    kinds: ['invoice'],
    minimumAmount: '25.00',
    isGrouped: true,
    joinPdfs: 'plain',
    bankDays: '5',
    sendHour: '9',
    steps: [
      {
        was: '7',
        days: '7',
        senderId: '',
        letter: false,
        file: null,
        hideSender: false,
        service: 'standard',
      },
      {
        was: '14',
        days: '14',
        senderId: 'snd_1',
        letter: true,
        file: { id: 'fil_1', name: 'Mahnung.pdf' },
        hideSender: true,
        service: 'registered',
      },
    ],
  },
  kinds: ['invoice', 'proforma', 'statement', 'quote'],
  senders: [{ value: 'snd_1', text: 'accounts@vautrin.example' }],
  services: ['standard', 'registered', 'confidential'],
  kept: Object.fromEntries(
    (['7', '14'] as const).map((days, at) => [
      days,
      {
        level: at === 0 ? 1 : 2,
        texts: ['English', 'French', 'Dutch'].map((language, n) => ({
          language,
          isOwn: at === 1 && n === 0,
          href: `/reminders/policies/rpo_1/steps/${days}/en`,
        })),
      },
    ]),
  ),
  errors: {},
};

/** Samples of the pages about reminders and their policies. */
export const reminderPages: Readonly<Record<string, (view: View) => Child>> = {
  '/reminders': (view) => <RemindersScreen view={view} model={remindersModel} />,
  '/reminders?tab=stopped': (view) => (
    <RemindersScreen
      view={view}
      model={{
        ...remindersModel,
        tab: 'stopped',
        waiting: [],
        rows: [
          { ...reminderRow, whyNot: 'reminders_paused', pauseReason: 'agreed on the phone' },
          { ...reminderRow, id: 'doc_7', whyNot: 'first_failed' },
        ],
      }}
    />
  ),
  '/reminders/policies': (view) => <PoliciesScreen view={view} policies={policyModels} />,
  '/reminders/policies/rpo_1': (view) => <PolicyFormScreen view={view} model={policyFormModel} />,
};

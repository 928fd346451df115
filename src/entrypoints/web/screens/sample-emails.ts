import type { EmailRow, EmailsModel } from './emails-model.ts';
import { now } from './sample-documents.ts';

const row: EmailRow = {
  id: 'msg_1',
  at: now,
  subject: 'Invoice 2026-0318 from Vautrin Joinery',
  attachment: '2026-0318.pdf',
  recipient: 'maja@lindqvist.example',
  role: 'to',
  kind: 'invoice',
  purpose: 'first',
  origin: 'manual',
  sender: 'invoices@vautrin.example',
  envelope: { state: 'opened', times: 3 },
  why: null,
};

const rows: readonly EmailRow[] = [
  {
    ...row,
    id: 'msg_9',
    recipient: 'reception@duparc.example',
    envelope: { state: 'waiting' },
    why: 'Their server asks new senders to wait. It is tried again by itself. Next try 19 Nov, 14:20.',
  },
  {
    ...row,
    id: 'msg_8',
    subject: 'Quote Q-2026-044: bar and wine rack',
    kind: 'quote',
    attachment: 'Q-2026-044.pdf',
    envelope: { state: 'sent' },
  },
  {
    ...row,
    id: 'msg_7',
    subject: 'Reminder: invoice 2026-0298',
    purpose: 'reminder',
    origin: 'automatic',
    envelope: { state: 'viewed', times: 2 },
  },
  {
    ...row,
    id: 'msg_6',
    role: 'cc',
    recipient: 'accounts@lindqvist.example',
    envelope: { state: 'accepted' },
  },
  row,
  {
    ...row,
    id: 'msg_5',
    subject: 'Invoice 2026-0316 from Vautrin Joinery',
    purpose: 'resend',
    recipient: 'facturi@ionescu.example',
    envelope: { state: 'failed' },
    why: 'The mailbox facturi@ionescu.example does not exist. Is the address right?',
  },
];

const year = { from: '2026-01-01', to: '2026-12-31' };

export const emailsModel: EmailsModel = {
  rows,
  total: 200,
  isPart: false,
  category: null,
  categoryCounts: { first: 131, automatic: 42, reminder: 15, resend: 12 },
  state: null,
  stateCounts: {
    waiting: 3,
    sent: 11,
    accepted: 48,
    opened: 61,
    viewed: 27,
    downloaded: 34,
    replied: 9,
    held: 1,
    unconfirmed: 2,
    failed: 4,
    canceled: 0,
  },
  kind: null,
  sender: null,
  senders: [{ id: 'snd_1', address: 'invoices@vautrin.example' }],
  recipient: '',
  q: '',
  preset: 'year',
  span: year,
  presets: [
    { name: 'month', span: { from: '2026-11-01', to: '2026-11-30' } },
    { name: 'year', span: year },
    { name: 'all', span: { from: '', to: '' } },
  ],
  views: [{ id: 'viw_1', name: 'Failed quotes', query: 'state=failed&kind=quote' }],
  newer: null,
  older: '/emails?cursor=x',
};

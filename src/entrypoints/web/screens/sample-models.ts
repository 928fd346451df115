import type { Language } from '#base/language';
import type { CustomerModel } from './customer.tsx';
import type { DocumentModel } from './document.tsx';
import type { HomeModel } from './home.tsx';
import type { MessageModel } from './message.tsx';
import type { NoticeModel } from './notice-words.ts';
import { at, documentRows, event } from './sample-documents.ts';
import type { SetUpModel } from './set-up.tsx';
import type { KeysModel } from './settings-keys.tsx';
import type { SendersModel } from './settings-senders.tsx';

const french: Language = 'fr';

export const setUpModel: SetUpModel = {
  values: { country: 'BE', language: french, timeZone: 'Europe/Brussels', tracking: null, basis: 'consent' },
  countries: ['BE', 'CH', 'DE', 'FR', 'IT', 'NL', 'RO'],
  timeZones: ['Europe/Brussels', 'Europe/Paris', 'Europe/Rome'],
  errors: { company: 'A company needs a name.' },
};

const notice = (
  id: number,
  more: Pick<NoticeModel, 'state' | 'kind' | 'document' | 'customer'> & Partial<NoticeModel>,
): NoticeModel => ({
  id: `ntc_${id}`,
  at: at('2026-11-06', '15:21'),
  documentId: 'doc_8',
  messageId: `msg_${id}`,
  dispatchId: `dsp_${id}`,
  address: null,
  reason: null,
  serverWords: null,
  ...more,
});

export const noticeModels: readonly NoticeModel[] = [
  notice(1, {
    state: 'failed',
    kind: 'message_failed',
    document: 'invoice 2026-0316',
    customer: 'Construct Ionescu SRL',
    address: 'facturi@ionescu.example',
    reason: 'mailbox_unknown',
    serverWords:
      '550 5.1.1 <facturi@ionescu.example>: Recipient address rejected: User unknown in virtual mailbox table',
  }),
  notice(2, {
    state: 'unconfirmed',
    kind: 'message_unconfirmed',
    document: 'credit note CN-2026-006',
    customer: 'Hôtel du Parc',
  }),
  notice(3, {
    state: 'held',
    kind: 'message_held',
    document: 'Invoice 2026-0315',
    customer: 'Galerie Oost',
    address: 'office@galerie-oost.example',
    reason: 'suppressed',
  }),
  notice(4, {
    state: 'failed',
    kind: 'sender_broken',
    document: null,
    customer: null,
    messageId: null,
    address: 'claire@vautrin.example',
    count: 2,
  }),
  notice(5, {
    state: 'waiting',
    kind: 'message_delayed',
    document: 'invoice 2026-0311',
    customer: 'Maître Fabre',
  }),
];

const history = [
  event('dispatch.created', '2026-11-12', '09:14', 'user'),
  event('message.accepted', '2026-11-12', '09:14', 'server', 'Maja Lindqvist'),
  event('visit.page_fetched', '2026-11-12', '09:15', 'scanner', 'Maja Lindqvist'),
  event('visit.pixel_fetched', '2026-11-12', '09:16', 'privacy_proxy', 'Accounts office'),
  event('visit.pixel_fetched', '2026-11-12', '10:02', 'person', 'Maja Lindqvist'),
  event('visit.page_viewed', '2026-11-13', '08:29', 'person', 'Jonas Ek'),
  event('visit.file_downloaded', '2026-11-13', '08:31', 'person', 'Jonas Ek'),
  event('visit.pixel_fetched', '2026-11-18', '17:40', 'proxied', 'Maja Lindqvist'),
];

export const documentModel: DocumentModel = {
  ...documentRows[4]!,
  customer: { id: 'cus_1', name: 'Studio Lindqvist' },
  readFrom: 'Factur-X, EN 16931',
  missing: [],
  reminder: { next: '2026-12-15', step: 1, pausedUntil: null },
  editing: null,
  pages: ['/page-1.png', '/page-2.png'],
  page: 1,
  format: 'PDF, Factur-X',
  bytes: 184_230,
  dispatches: [
    {
      id: 'dsp_1',
      purpose: 'first',
      origin: 'manual',
      otherMeans: null,
      envelope: { state: 'opened', reached: 2, total: 3 },
      at: at('2026-11-12', '09:14'),
      from: 'invoices@vautrin.example',
      by: 'Claire',
      canCancel: false,
      events: history,
      people: [
        {
          message: 'msg_1',
          role: 'to',
          name: 'Maja Lindqvist',
          address: 'maja@lindqvist.example',
          envelope: { state: 'opened', times: 3 },
        },
        {
          message: 'msg_2',
          role: 'to',
          name: 'Jonas Ek',
          address: 'jonas@lindqvist.example',
          envelope: { state: 'downloaded' },
        },
        {
          message: 'msg_3',
          role: 'to',
          name: 'Accounts office',
          address: 'accounts@lindqvist.example',
          envelope: { state: 'accepted' },
          remark: 'not known to be read',
        },
        {
          message: 'msg_4',
          role: 'cc',
          name: null,
          address: 'archive@lindqvist.example',
          envelope: { state: 'accepted' },
        },
        {
          message: 'msg_5',
          role: 'bcc',
          name: 'Bookkeeper',
          address: 'books@numbers.example',
          envelope: { state: 'opened' },
        },
      ],
    },
    {
      id: 'dsp_0',
      purpose: 'first',
      origin: 'manual',
      otherMeans: null,
      envelope: { state: 'canceled' },
      at: at('2026-11-12', '09:11'),
      from: 'invoices@vautrin.example',
      by: 'Claire',
      canCancel: false,
      events: [event('dispatch.canceled', '2026-11-12', '09:11', 'user')],
      people: [],
    },
  ],
  responses: [],
  versions: [
    {
      id: 'doc_4',
      version: 2,
      fileName: '2026-0318-corrected.pdf',
      at: at('2026-11-12', '09:10'),
      sent: true,
      current: true,
    },
    {
      id: 'doc_3',
      version: 1,
      fileName: '2026-0318.pdf',
      at: at('2026-11-11', '18:02'),
      sent: false,
      current: false,
    },
  ],
  replacedBy: null,
  canRemind: true,
  portalPreview: '/preview/doc_4',
  customerLink: 'https://docs.vautrin.example/d/8Kq2',
};

export const messageModel: MessageModel = {
  id: 'msg_1',
  dispatch: 'dsp_1',
  who: 'Maja Lindqvist',
  envelope: { state: 'opened', times: 3 },
  delivery: 'accepted',
  purpose: 'first',
  origin: 'manual',
  documents: [{ id: 'doc_4', title: 'Invoice 2026-0318' }],
  at: at('2026-11-12', '09:14'),
  from: 'Claire Vautrin, Vautrin Joinery <invoices@vautrin.example>',
  to: 'maja@lindqvist.example, jonas@lindqvist.example, accounts@lindqvist.example',
  cc: '',
  subject: 'Invoice 2026-0318 from Vautrin Joinery',
  bytes: 187_402,
  tab: 'mail',
  headers: null,
  events: history
    .filter((each) => !each.who || each.who.startsWith('Maja'))
    .map((each) => ({ ...each, who: null })),
  attempts: [
    {
      number: 1,
      at: at('2026-11-12', '09:09'),
      outcome: 'temporary',
      server: 'mx1.lindqvist.example',
      tls: null,
      durationMs: 220,
      nextTryAt: at('2026-11-12', '09:14'),
      serverWords: '451 4.7.1 Greylisted, please try again in 300 seconds',
    },
    {
      number: 2,
      at: at('2026-11-12', '09:14'),
      outcome: 'accepted',
      server: 'mx1.lindqvist.example [192.0.2.25]',
      tls: 'TLS 1.3',
      durationMs: 412,
      nextTryAt: null,
      serverWords: '250 2.0.0 Ok: queued as 4F1B2C03D1',
    },
  ],
  signedBy: 'vautrin.example',
  chain: { events: 9, unbroken: true },
  tracking: 'full',
};

export const homeModel: HomeModel = {
  notices: noticeModels.slice(0, 3),
  noticeCount: 5,
  waiting: [3, 2, 0].map((index, days) => ({
    document: documentRows[index]!.id,
    title: `Invoice ${documentRows[index]!.number}`,
    customer: documentRows[index]!.customer!,
    amount: documentRows[index]!.total,
    currency: 'EUR',
    days: days * 3,
    envelope: { state: 'accepted' },
  })),
  goingOut: [
    {
      dispatch: 'dsp_8',
      document: 'doc_1',
      title: 'Invoice 2026-0320',
      customer: 'Hôtel du Parc',
      at: at('2026-11-19', '16:00'),
    },
    {
      dispatch: 'dsp_9',
      document: 'doc_0',
      title: 'Invoice 2026-0321',
      customer: 'Bakkerij Peeters',
      at: null,
    },
  ],
  feed: [
    {
      ...event('visit.pixel_fetched', '2026-11-18', '17:40', 'person', 'Maja Lindqvist'),
      href: '/documents/doc_4',
      title: 'Invoice 2026-0318',
    },
    {
      ...event('visit.file_downloaded', '2026-11-13', '08:31', 'person', 'Jonas Ek'),
      href: '/documents/doc_4',
      title: 'Invoice 2026-0318',
    },
    {
      ...event('message.bounced', '2026-11-12', '08:31', 'server', 'Van Damme'),
      href: '/documents/doc_12',
      title: 'Invoice 2026-0309',
    },
  ],
  steps: { document: true, sent: false, sender: false },
};

export const customerModel: CustomerModel = {
  id: 'cus_1',
  name: 'Bakkerij Peeters',
  vatId: 'BE0999999922',
  language: 'nl',
  contacts: [
    {
      id: 'con_1',
      name: 'Els Peeters',
      email: 'els@peeters.example',
      roles: ['invoices', 'quotes'],
      tracking: 'granted',
      suppressed: null,
    },
    {
      id: 'con_2',
      name: null,
      email: 'shop@peeters.example',
      roles: ['other'],
      tracking: 'unknown',
      suppressed: { reason: 'mailbox_unknown', at: at('2026-10-02', '09:00') },
    },
  ],
  documents: [documentRows[0]!, documentRows[4]!, documentRows[13]!],
  remindersPausedUntil: null,
  errors: {},
  editing: 'new',
};

export const sendersModel: SendersModel = {
  testTo: 'claire@vautrin.example',
  senders: [
    {
      id: 'snd_1',
      name: 'Claire Vautrin',
      address: 'invoices@vautrin.example',
      method: 'smtp',
      state: 'valid',
      isDefault: true,
      server: 'smtp.vautrin.example:587',
      test: {
        good: true,
        at: at('2026-11-19', '12:30'),
        sentence: 'The test went out.',
        serverWords: '250 2.0.0 Ok: queued as 4F1B2C03D1',
      },
    },
    {
      id: 'snd_2',
      name: 'Claire',
      address: 'claire@vautrin.example',
      method: 'smtp',
      state: 'broken',
      isDefault: false,
      server: 'smtp.other.example:465',
      test: {
        good: false,
        at: at('2026-11-19', '07:02'),
        sentence: 'User or password is not right.',
        serverWords: '535 5.7.8 Error: authentication failed',
      },
    },
    {
      id: 'snd_3',
      name: 'Sandbox',
      address: 'sandbox@vautrin.example',
      method: 'sandbox',
      state: 'unchecked',
      isDefault: false,
      server: null,
      test: null,
    },
  ],
  editing: {
    id: null,
    values: {
      method: 'smtp',
      name: 'Claire Vautrin',
      address: '',
      replyTo: '',
      host: '',
      port: '587',
      security: 'starttls',
      user: '',
      hasPassword: false,
      verifyCertificate: true,
      isDefault: false,
    },
    errors: { address: 'An address needs a name, an @ and a domain.' },
  },
};

export const keysModel: KeysModel = {
  keys: [
    {
      id: 'key_1',
      name: 'Invoicing',
      rights: 'send',
      start: 'env_8Kq2',
      createdAt: at('2026-10-01', '09:00'),
      lastUsedAt: at('2026-11-19', '11:00'),
    },
  ],
  made: { name: 'Shop', key: 'env_1f8c2f4e7a9b3d5c6e8f0a1b2c3d4e5f6a7b8c9d' },
  apiUrl: '/api/v1',
  values: { name: '', rights: 'send' },
  errors: {},
};

import type { OperatorModel } from './operator.tsx';
import { at } from './sample-documents.ts';
import type { PeopleModel } from './settings-people.tsx';
import type { ProgramsModel } from './settings-programs.tsx';
import type { WebhookDeliveryModel, WebhooksModel } from './settings-webhooks-model.ts';

const erp = 'https://erp.vautrin.example/envoi/events';

export const webhooksModel: WebhooksModel = {
  webhooks: [
    {
      id: 'whk_1',
      url: erp,
      description: 'Bookkeeping',
      events: ['message.*', 'visit.page_viewed'],
      state: 'active',
      failingSince: null,
      waiting: 0,
      failed: 0,
    },
    {
      id: 'whk_2',
      url: 'https://hooks.other.example/a-rather-long-address/that-has-to-break/somewhere',
      description: '',
      events: [],
      state: 'failing',
      failingSince: at('2026-11-16', '08:10'),
      waiting: 214,
      failed: 3,
    },
  ],
  made: { url: erp, secret: 'whsec_mJ1dC0x5b7S9u3G5k1yTq0b4v2f8Zr6wYx3n7p5t9=' },
  editing: {
    id: null,
    values: { url: 'http://10.0.0.3/', description: '', events: '' },
    errors: { url: 'This installation posts by https only.' },
  },
  deliveries: [
    {
      id: 'whd_1',
      url: erp,
      eventType: 'message.accepted',
      state: 'delivered',
      attempts: 1,
      at: at('2026-11-19', '11:02'),
    },
    {
      id: 'whd_2',
      url: erp,
      eventType: 'visit.page_viewed',
      state: 'waiting',
      attempts: 2,
      at: at('2026-11-19', '11:00'),
    },
  ],
  newer: null,
  older: '/settings/webhooks?cursor=x',
};

export const webhookDeliveryModel: WebhookDeliveryModel = {
  id: 'whd_1',
  webhookId: 'whk_1',
  url: erp,
  eventId: 'evt_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
  eventType: 'message.accepted',
  state: 'delivered',
  dueAt: null,
  body: JSON.stringify(
    { type: 'message.accepted', timestamp: '2026-11-19T10:02:00.000Z', data: {} },
    null,
    2,
  ),
  attempts: [
    {
      n: 1,
      at: at('2026-11-19', '11:02'),
      durationMs: 15_000,
      status: null,
      problem: 'timeout',
      answer: '',
    },
    {
      n: 2,
      at: at('2026-11-19', '11:03'),
      durationMs: 84,
      status: 200,
      problem: null,
      answer: '{"ok":true}',
    },
  ],
};

export const programsModel: ProgramsModel = {
  server: { host: 'envoi.vautrin.example', port: 2587, tlsPort: 2465 },
  logins: [
    {
      id: 'sml_1',
      name: 'Invoicing',
      username: 'envoi-8k2f9x0a',
      hint: 'q7Zt',
      lastUsedAt: at('2026-11-19', '10:40'),
    },
    { id: 'sml_2', name: 'Shop', username: 'envoi-1m4v7c2d', hint: 'x0Lp', lastUsedAt: null },
  ],
  made: { name: 'Shop', username: 'envoi-1m4v7c2d', password: 'd3Kq8Zs0bYw1uTn5hVc7Rg2mJx0Lp' },
  values: { name: '', tracking: 'full', attach: false, link: false, ownText: true },
  watch: { folder: '/srv/envoi/drop', send: 'named', mayChange: true },
  errors: { attach: 'With neither an attachment nor a link the recipient would get nothing.' },
};

export const peopleModel: PeopleModel = {
  singleSignOn: { host: 'login.vautrin.example', isRequired: false },
  mayInvite: true,
  members: [
    {
      userId: 'usr_1',
      name: 'Claire Vautrin',
      email: 'claire@vautrin.example',
      role: 'owner',
      isSelf: true,
      limits: null,
    },
    {
      userId: 'usr_2',
      name: 'Mari Claes',
      email: 'mari@vautrin.example',
      role: 'accountant',
      isSelf: false,
      limits: null,
    },
    {
      userId: 'usr_3',
      name: 'Jan Maes',
      email: 'jan@vautrin.example',
      role: 'member',
      isSelf: false,
      limits: {
        userId: 'usr_3',
        kinds: [
          { kind: 'invoice', isAllowed: false },
          { kind: 'quote', isAllowed: true },
        ],
        senders: [{ id: 'snd_1', address: 'quotes@vautrin.example', isAllowed: true }],
      },
    },
  ],
  invitations: [
    {
      id: 'inv_1',
      email: 'jo@vautrin.example',
      role: 'member',
      purpose: 'join',
      expiresAt: at('2026-11-26', '10:00'),
    },
  ],
  made: {
    email: 'jo@vautrin.example',
    purpose: 'join',
    url: 'https://envoi.vautrin.example/join?token=Xk3vQ1mZ8sYb0wTnd5hVc7RgJx0Lp2uT9aFqE4iKo6M',
  },
  values: { email: '', role: 'member' },
  errors: {},
};

export const operatorModel: OperatorModel = {
  machine: [
    {
      good: true,
      title: 'Name of the mail server',
      about: 'ENVOI_MAIL_HOST',
      found: 'mail.envoi.example',
      repair: null,
    },
    {
      good: false,
      title: 'Reverse name',
      about: '2001:db8::10',
      found: 'static-10.hoster.example',
      repair:
        'Have whoever rents you the machine set the reverse name of 2001:db8::10 to mail.envoi.example.',
    },
    {
      good: true,
      title: 'Certificate',
      about: 'ENVOI_TLS_CERT',
      found: 'DNS:mail.envoi.example, 2027-03-01',
      repair: null,
    },
  ],
  troubles: ['The disk is nearly full. Make room, or nothing can be sent and kept any more.'],
  logCheck: { at: new Date('2026-11-27T02:10:00Z'), events: 48_210, covered: 48_204 },
  textGateway: 'sms.gateway.example',
  version: '0.1.0',
  lateMinutes: 3,
  keys: {
    seal: 'O=Vautrin SRL, CN=Vautrin seal',
    issuer: 'O=Example Trust, CN=Example Trust seals',
    until: at('2029-01-07', '10:00'),
    rootSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    log: 'envoi.vautrin.example/log/1a2b3c4d+5e6f7a8b+AVxQ3m0J8t2nZkQ0w6b1yq3m0J8t2nZkQ0w6b1yq3m0J',
  },
  machines: [{ id: 'vautrin-1', roles: 'web, worker, smtp', seenAt: at('2026-11-21', '09:02') }],
  companies: [
    {
      id: 'com_1',
      name: 'Vautrin Joinery',
      country: 'BE',
      plan: 'premium',
      people: 3,
      sent: 1412,
      since: at('2026-01-07', '10:00'),
    },
    {
      id: 'com_2',
      name: 'Bakkerij Peeters en Zonen, Groothandel in Brood en Banket',
      country: 'BE',
      plan: null,
      people: 0,
      sent: 0,
      since: at('2026-11-20', '16:30'),
    },
  ],
  plans: [
    { name: 'premium', isUsual: false, features: ['engagement', 'reminders', 'registered', 'api', 'users'] },
    { name: 'standard', isUsual: true, features: ['api'] },
  ],
  vatIds: [
    {
      companyId: 'com_2',
      company: 'Bakkerij Peeters en Zonen, Groothandel in Brood en Banket',
      vatId: 'BE0403170701',
      isConfirmed: false,
      isListed: true,
    },
    {
      companyId: 'com_1',
      company: 'Vautrin Joinery',
      vatId: 'BE0123456749',
      isConfirmed: true,
      isListed: false,
    },
  ],
  countries: ['BE', 'FR'],
  made: null,
  values: { company: '', country: 'BE', language: 'fr', email: 'nobody' },
  errors: { email: 'This is no e-mail address.' },
  planWrong: null,
};

import type { CustomerModel } from './customer-model.ts';
import { at, documentRows } from './sample-documents.ts';
import type { KeysModel } from './settings-keys.tsx';
import type { ProfileModel } from './settings-profile.tsx';
import type { SendersModel } from './settings-senders-model.ts';

export const customerModel: CustomerModel = {
  id: 'cus_1',
  name: 'Bakkerij Peeters',
  vatId: 'BE0999999922',
  language: 'nl',
  category: 'Horeca',
  categories: ['Grossisten', 'Horeca'],
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
      suppressed: { id: 'sup_1', reason: 'mailbox_unknown', at: at('2026-10-02', '09:00') },
    },
  ],
  documents: [documentRows[0]!, documentRows[4]!, documentRows[13]!],
  remindersPausedUntil: null,
  errors: {},
  editing: 'new',
};

export const sendersModel: SendersModel = {
  addressRule: null,
  cards: [],
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
      proofs: [],
      via: null,
      limits: null,
      selfTest: {
        state: 'unconfirmed',
        sentence: 'Failures come into the mailbox invoices@vautrin.example and are seen only there.',
        at: at('2026-11-19', '12:30'),
      },
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
      proofs: [{ part: 'reply_to', address: 'claire@elsewhere.example' }],
      via: null,
      limits: '30 a minute, 500 a day',
      mailbox: { state: 'none', why: null },
      selfTest: null,
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
      proofs: [],
      via: null,
      limits: null,
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
      tls: 'opportunistic',
      via: null,
      ...{ perMinute: '', perHour: '', perDay: '' },
      hasPassword: false,
      verifyCertificate: true,
      isDefault: false,
    },
    errors: { address: 'An address needs a name, an @ and a domain.' },
  },
};

/** Several addresses, one of which has broken, and a rule that points to it. */
export const addressesModel: SendersModel = {
  ...sendersModel,
  editing: null,
  addressRule: {
    rule: 'per_kind',
    usual: 'invoices@vautrin.example',
    senders: [
      { id: 'snd_1', address: 'invoices@vautrin.example', works: true },
      { id: 'snd_2', address: 'claire@vautrin.example', works: false },
    ],
    tables: {
      per_user: [
        { name: 'users.usr_1', label: 'Claire Vautrin · claire@vautrin.example', senderId: 'snd_2' },
      ],
      per_kind: [
        { name: 'kinds.invoice', label: 'Invoice', senderId: 'snd_1' },
        { name: 'kinds.quote', label: 'Quote', senderId: 'snd_2' },
        { name: 'kinds.other', label: 'Document', senderId: null },
      ],
      per_template: [],
    },
    error: null,
  },
};

export const keysModel: KeysModel = {
  mayMake: true,
  keys: [
    {
      id: 'key_1',
      name: 'Invoicing',
      rights: 'send',
      hint: '8Kq2',
      createdAt: at('2026-10-01', '09:00'),
      lastUsedAt: at('2026-11-19', '11:00'),
      expiresAt: at('2027-11-19', '11:00'),
      isTest: true,
    },
  ],
  made: { name: 'Shop', key: 'env_1f8c2f4e7a9b3d5c6e8f0a1b2c3d4e5f6a7b8c9d' },
  apiUrl: '/api/v1',
  values: { name: '', rights: 'send', days: '', isTest: false },
  errors: {},
};

export const profileModel: ProfileModel = {
  bySingleSignOn: false,
  values: { name: 'Claire Vautrin', language: 'fr' },
  email: 'claire@vautrin.example',
  errors: {},
  passwordErrors: {},
  digest: { mode: 'daily', hour: 8, zone: 'Europe/Brussels' },
  factor: {
    state: 'begun',
    begun: { secret: 'B46LILEU5JIXG7DEFPLIBLQITEFDM3XG', uri: 'otpauth://totp/Envoi:claire' },
    recoveryCodes: null,
    errors: { code: 'This code is not right.' },
  },
  passkeys: {
    keys: [
      {
        id: 'k1',
        name: 'Laptop',
        createdAt: at('2026-09-01', '08:10'),
        lastUsedAt: at('2026-11-20', '07:58'),
      },
    ],
    isPossible: true,
    errors: {},
  },
  sessions: {
    sessions: [
      {
        id: 's1',
        browser: 'Firefox, Windows',
        network: '192.0.2.0/24',
        companyName: 'Vautrin Joinery',
        since: at('2026-11-20', '07:58'),
        lastSeenAt: at('2026-11-21', '09:02'),
        isHere: true,
      },
      {
        id: 's2',
        browser: 'Safari, iOS',
        network: '2001:db8:7::/48',
        companyName: 'Vautrin Joinery',
        since: at('2026-11-12', '19:21'),
        lastSeenAt: at('2026-11-19', '22:02'),
        isHere: false,
      },
    ],
  },
};

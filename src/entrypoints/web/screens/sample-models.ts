import type { Language } from '#base/language';
import type { DocumentModel } from './document-model.ts';
import type { MessageModel } from './message-model.ts';
import { at, documentRows, event } from './sample-documents.ts';
import type { SetUpModel } from './set-up.tsx';

const french: Language = 'fr';

export const setUpModel: SetUpModel = {
  values: { country: 'BE', language: french, timeZone: 'Europe/Brussels', tracking: null, basis: 'consent' },
  countries: ['BE', 'CH', 'DE', 'FR', 'IT', 'NL', 'RO'],
  timeZones: ['Europe/Brussels', 'Europe/Paris', 'Europe/Rome'],
  errors: { company: 'A company needs a name.' },
};

const history = [
  event('dispatch.created', '2026-11-12', '09:14', 'user'),
  event('message.accepted', '2026-11-12', '09:14', 'server', 'Maja Lindqvist'),
  event(
    'visit.page_fetched',
    '2026-11-12',
    '09:15',
    'scanner',
    'Maja Lindqvist',
    because('barracuda_network'),
  ),
  event('visit.pixel_fetched', '2026-11-12', '09:16', 'privacy_proxy', 'Accounts office'),
  event('visit.pixel_fetched', '2026-11-12', '10:02', 'person', 'Maja Lindqvist'),
  event('visit.page_viewed', '2026-11-13', '08:29', 'person', 'Jonas Ek', because('visible_in_browser')),
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
      network: [
        {
          company: 'Studio Lindqvist AB',
          proof: 'Found by its domain lindqvist.example, which its DNS records prove.',
          state: 'held',
          word: 'rejected',
          at: at('2026-11-14', '11:20'),
          why: null,
          reason: 'Our order number is missing.',
        },
      ],
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
      tls: 'not encrypted',
      inTheClear: {
        words: 'Their server offers encryption but refused to begin it, so the e-mail went without.',
        said: '454 4.7.0 TLS not available due to local problem',
      },
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
      dns: [
        'peeters.example MX 10 mx1.peeters.example.',
        '    192.0.2.53 · TTL 3600 s · 2026-11-27 08:14:02 UTC',
        'MTA-STS enforce mx1.peeters.example (id 20260301, until 2026-12-04T08:14:02.000Z)',
      ].join('\n'),
    },
  ],
  signedBy: 'vautrin.example',
  canExportEvidence: true,
  mayErase: true,
  address: 'maja@lindqvist.example',
  chain: { events: 9, unbroken: true },
  tracking: 'full',
};

function because(reason: string) {
  return { reasons: [reason], ruleset: '2026-11-27.2' };
}

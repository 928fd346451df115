import type { DnsPageModel } from './dns-page.tsx';
import type { DomainModel, DomainsModel, RecordModel } from './domain-model.ts';
import { at } from './sample-documents.ts';
import type { SendersModel } from './settings-senders-model.ts';

const record = (more: Partial<RecordModel>): RecordModel => ({
  title: 'Signature key',
  why: 'Proves that the e-mail is yours and was not changed',
  verdict: 'Correct',
  state: 'opened',
  isRequired: true,
  type: 'TXT',
  name: 'envoi1-k7fd._domainkey.vautrin.example',
  expected: `v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A${'bQ7x'.repeat(80)}IDAQAB`,
  found: [`v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A${'bQ7x'.repeat(80)}IDAQAB`],
  problem: null,
  asked: { server: 'ns1.vautrin-dns.example', minutes: 60 },
  ...more,
});

export const recordModels: readonly RecordModel[] = [
  record({}),
  record({
    title: 'Spare signature key',
    why: 'So that the key can change without a gap',
    name: 'envoi2-k7fd._domainkey.vautrin.example',
  }),
  record({
    title: 'Return path, permission',
    why: 'Says which servers may send these e-mails',
    verdict: 'Not correct',
    state: 'failed',
    name: 'bounce.vautrin.example',
    expected: 'v=spf1 ip4:192.0.2.10 -all',
    found: ['v=spf1 include:spf.old-mailer.example -all'],
    problem: 'Something else was found than what is expected.',
    asked: { server: 'ns1.vautrin-dns.example', minutes: 24 },
  }),
  record({
    title: 'DMARC',
    why: 'Your own policy. It is read and never changed',
    verdict: 'Not there yet',
    state: 'unconfirmed',
    isRequired: false,
    name: '_dmarc.vautrin.example',
    expected: 'v=DMARC1; p=none',
    found: [],
    problem: 'Nothing was found at this name.',
  }),
];

export const domainModel: DomainModel = {
  id: 'dom_1',
  name: 'vautrin.example',
  state: 'pending',
  stateWord: 'Waiting for its records',
  records: recordModels,
  missing: ['mailHost'],
  checkedAt: at('2026-11-19', '14:31'),
  missingSince: null,
  zone: 'bounce 3600 IN TXT "v=spf1 ip4:192.0.2.10 -all"',
  pageUrl: 'https://bills.example/dns/dom_1.x',
  history: [
    { at: at('2026-11-19', '14:31'), text: 'Checked', actor: 'us' },
    { at: at('2026-11-18', '09:02'), text: 'Added by Claire Vautrin', actor: 'person' },
  ],
  oldKeys: [{ name: 'envoi0-k7fd._domainkey.vautrin.example', removableFrom: at('2026-11-26', '09:00') }],
  mayRotate: true,
  fallback: { value: '', choices: [{ value: 'snd_1', text: 'invoices@vautrin.example' }] },
  mailFrom: 'no-reply@envoi.example',
  errors: {},
  typedTo: '',
};

export const domainsModel: DomainsModel = {
  domains: [
    {
      id: 'dom_1',
      name: 'vautrin.example',
      state: 'pending',
      stateWord: 'Waiting for its records',
      right: 3,
      required: 4,
      checkedAt: at('2026-11-19', '14:31'),
    },
    {
      id: 'dom_2',
      name: 'vautrin-kitchens.example',
      state: 'valid',
      stateWord: 'Correct',
      right: 4,
      required: 4,
      checkedAt: at('2026-11-19', '06:00'),
    },
  ],
  errors: {
    name: 'This is an address of the web. Type the domain alone, without https:// and without a path.',
  },
  typed: 'https://vautrin.example',
  missing: ['publicIps'],
};

export const dnsPageModel: DnsPageModel = {
  name: 'vautrin.example',
  title: 'DNS settings for vautrin.example',
  intro: 'Vautrin Joinery sends invoices and quotes by e-mail from addresses at vautrin.example.',
  path: '/dns/dom_1.x',
  stateWord: 'Waiting for its records',
  records: recordModels,
  zone: domainModel.zone,
};

export const methodsModel: SendersModel = {
  addressRule: null,
  senders: [],
  editing: null,
  testTo: 'claire@vautrin.example',
  cards: [
    {
      method: 'domain',
      obstacle: null,
      from: 'Claire Vautrin <claire@vautrin.example>',
      answersTo: 'claire@vautrin.example',
    },
    {
      method: 'smtp',
      obstacle: null,
      from: 'Claire Vautrin <claire@vautrin.example>',
      answersTo: 'claire@vautrin.example',
    },
    {
      method: 'platform',
      obstacle: 'This sender is there already.',
      from: 'Vautrin Joinery <no-reply@envoi.example>',
      answersTo: 'claire@vautrin.example',
    },
    {
      method: 'open',
      obstacle: null,
      from: 'Claire Vautrin <claire@vautrin.example>',
      answersTo: 'claire@vautrin.example',
    },
  ],
};

export const newDomainSender: SendersModel = {
  addressRule: null,
  senders: [],
  cards: [],
  testTo: 'claire@vautrin.example',
  editing: {
    id: null,
    values: {
      method: 'domain',
      name: 'Claire Vautrin',
      address: 'claire@vautrin.example',
      replyTo: '',
      host: '',
      port: '',
      security: 'implicit',
      user: '',
      tls: 'opportunistic',
      via: null,
      ...{ perMinute: '', perHour: '', perDay: '' },
      hasPassword: false,
      verifyCertificate: true,
      isDefault: true,
    },
    errors: { address: 'Add the domain of this address first, under Domains.' },
  },
};

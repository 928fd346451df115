import type { View } from '../kit/index.ts';
import { ReceivedScreen } from './received.tsx';
import type { ReceivedModel, ReceivedRow } from './received-model.ts';
import { ReceivedOneScreen } from './received-one.tsx';
import { at } from './sample-documents.ts';
import { NetworkScreen } from './settings-network.tsx';

const row = (id: string, change: Partial<ReceivedRow>): ReceivedRow => ({
  id,
  from: 'Atelier Lumière SRL',
  proof: 'domain atelier-lumiere.example, proven by the DNS',
  kind: 'invoice',
  number: '2026-0147',
  total: '1500.40',
  currency: 'EUR',
  dueDate: '2026-12-12',
  at: at('2026-11-18', '09:14'),
  state: 'new',
  isReplaced: false,
  ...change,
});

const rows = [
  row('rcv_1', {}),
  row('rcv_2', {
    from: 'A very long name of a firm and sons, wood and metal works',
    proof: null,
    number: '77',
  }),
  row('rcv_3', { state: 'accepted', kind: 'quote', number: 'Q-12', total: null }),
  row('rcv_4', { state: 'rejected', isReplaced: true }),
];

const one: ReceivedModel = {
  ...rows[0]!,
  fromVatId: 'BE0403170701',
  issueDate: '2026-11-12',
  amountDue: '1200.00',
  fileName: '2026-0147.pdf',
  bytes: 184_000,
  hasXml: true,
  subject: 'Invoice 2026-0147 from Atelier Lumière',
  text: 'Dear customer,\n\nHere is invoice 2026-0147 over € 1,500.40.\n\nKind regards',
  pages: ['/page-1.png', '/page-2.png'],
  page: 1,
  reason: null,
  replacedBy: null,
  history: [
    { at: at('2026-11-18', '09:14'), what: 'Received from Atelier Lumière SRL' },
    { at: at('2026-11-18', '10:02'), what: 'Opened first by Claire Vautrin' },
  ],
  mayDecide: true,
  mayBlock: true,
  isBlocked: false,
  typed: '',
  errors: {},
};

/** What other companies handed over, and the company's own place in the network. */
export const networkPages = {
  '/received': (view: View) => (
    <ReceivedScreen
      view={view}
      model={{
        tab: 'all',
        counts: { all: 4, new: 2, accepted: 1, rejected: 1 },
        rows,
        isListed: true,
        newer: null,
        older: '/received?cursor=1',
      }}
    />
  ),
  '/received/rcv_1': (view: View) => <ReceivedOneScreen view={view} model={one} />,
  '/received/rcv_2': (view: View) => (
    <ReceivedOneScreen
      view={view}
      model={{
        ...one,
        ...rows[1]!,
        pages: [],
        errors: { reason: 'Say why.' },
        replacedBy: 'rcv_1',
        isBlocked: true,
      }}
    />
  ),
  '/settings/network': (view: View) => (
    <NetworkScreen
      view={view}
      model={{
        listedAt: at('2026-11-01', '09:00'),
        names: [{ value: 'vautrin.example', kind: 'domain', proof: view.t('network.proof.own.dns') }],
        unconfirmedVatId: 'BE0403170701',
        hasVatId: true,
        blocks: [{ id: 'com_2', name: 'Atelier Lumière SRL', at: at('2026-11-19', '10:00') }],
      }}
    />
  ),
};

import type { View } from '../kit/index.ts';
import { type BundleRow, BundlesScreen } from './bundles.tsx';
import { DeliveriesScreen, type DeliveryRow } from './deliveries.tsx';
import { now } from './sample-documents.ts';
import type { UntiedModel } from './untied-receipts.tsx';

const day = 24 * 3600 * 1000;
const row = (message: string, change: Partial<DeliveryRow>): DeliveryRow => ({
  message,
  address: 'els@peeters.example',
  document: '2026-0321',
  service: 'registered',
  state: 'waiting',
  at: new Date(now.getTime() - 2 * day),
  daysLeft: 6,
  ...change,
});

/** One of each kind and end. */
const deliveryRows = (view: View): readonly DeliveryRow[] => [
  row('msg_1', {}),
  row('msg_2', { address: 'accounts.payable@a-very-long-name-of-a-firm.example', daysLeft: 1 }),
  row('msg_3', { service: 'confidential', state: 'opened', document: '2026-0318, 2026-0319' }),
  row('msg_4', {
    state: 'accepted',
    address: 'jan@lindqvist.example',
    delegates: [
      view.t('deliveries.delegate', { what: 'ended', name: 'Bo Berg', address: 'bo@lindqvist.example' }),
      view.t('deliveries.delegate', {
        what: 'answered',
        name: 'Maximiliane-Alexandra von Hohenstein-Lindqvist',
        address: 'maximiliane.alexandra@a-very-long-name-of-a-firm.example',
      }),
    ],
  }),
  row('msg_5', { state: 'refused', address: 'rik@janssens.example' }),
  row('msg_6', { state: 'expired', daysLeft: 0 }),
  row('msg_8', { state: 'undeliverable', daysLeft: null }),
];

const bundle = (id: string, change: Partial<BundleRow>): BundleRow => ({
  id,
  customer: { id: 'cus_1', name: 'Peeters & Zonen' },
  from: null,
  to: null,
  state: 'ready',
  dispatches: 42,
  made: 42,
  failed: 0,
  bytes: 38_400_000,
  at: new Date(now.getTime() - day),
  expiresAt: new Date(now.getTime() + 6 * day),
  ...change,
});

/** One in each state. */
const bundleRows: readonly BundleRow[] = [
  bundle('bdl_1', { state: 'waiting', made: 17, expiresAt: null }),
  bundle('bdl_2', { from: '2026-01-01', to: '2026-06-30' }),
  bundle('bdl_3', { customer: null, dispatches: 3, made: 2, failed: 1, bytes: 1_900_000 }),
  bundle('bdl_4', { from: '2025-01-01', state: 'expired' }),
];

/** Through an outside provider: one without a receipt, and one whose receipts have come. */
const providerDeliveries = (view: View): readonly DeliveryRow[] => [
  row('msg_7', {
    service: 'incamail_registered',
    state: 'by_provider',
    said: view.t('deliveries.receipt.waiting'),
    daysLeft: null,
    receipts: [],
  }),
  row('msg_8', {
    service: 'incamail_registered',
    state: 'by_provider',
    said: view.t('deliveries.receipt.accepted'),
    daysLeft: null,
    receipts: [
      {
        id: 'rcp_1',
        what: view.t('receipt.kind.submitted'),
        verdict: view.t('receipt.verdict.unknown_root', { signer: 'Receipts of the provider' }),
        at: now,
        hasPdf: true,
      },
      {
        id: 'rcp_2',
        what: view.t('receipt.kind.accepted'),
        verdict: view.t('receipt.verdict.valid', { signer: 'Receipts of the provider' }),
        at: now,
        hasPdf: true,
      },
    ],
  }),
];

/** Receipts that match no dispatch: one that somebody signed, and one whose kind only the mail says. */
const untied = (view: View): UntiedModel => ({
  receipts: [
    {
      id: 'rcp_3',
      what: view.t('receipt.kind.accepted'),
      verdict: view.t('receipt.verdict.valid', { signer: 'Receipts of the provider' }),
      at: now,
      hasPdf: true,
      from: 'no-reply@incamail.ch',
      subject: 'Abholquittung',
    },
    {
      id: 'rcp_4',
      what: view.t('receipt.kind.undeliverable'),
      verdict: view.t('receipt.verdict.no_pdf'),
      at: new Date(now.getTime() - day),
      hasPdf: false,
      from: 'no-reply@incamail.ch',
      subject: 'Ihre Nachricht konnte nicht zugestellt werden',
    },
  ],
  messages: [
    { value: 'msg_7', text: 'els@peeters.example · 2026-0321 · 20/11/2026' },
    { value: 'msg_8', text: 'accounts.payable@a-very-long-name-of-a-firm.example · 2026-0318 · 18/11/2026' },
  ],
});

/** The list of deliveries behind a code, and the bundles of evidence files. */
export const deliveryPages = {
  '/evidence': (view: View) => <BundlesScreen view={view} rows={bundleRows} />,
  '/deliveries': (view: View) => (
    <DeliveriesScreen
      view={view}
      rows={[...deliveryRows(view), ...providerDeliveries(view)]}
      untied={untied(view)}
      maySetUp
    />
  ),
};

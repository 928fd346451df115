import type { View } from '../kit/index.ts';
import { DeliveriesScreen, type DeliveryRow } from './deliveries.tsx';
import { now } from './sample-documents.ts';

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
const deliveryRows: readonly DeliveryRow[] = [
  row('msg_1', {}),
  row('msg_2', { address: 'accounts.payable@a-very-long-name-of-a-firm.example', daysLeft: 1 }),
  row('msg_3', { service: 'confidential', state: 'opened', document: '2026-0318, 2026-0319' }),
  row('msg_4', { state: 'accepted', address: 'jan@lindqvist.example' }),
  row('msg_5', { state: 'refused', address: 'rik@janssens.example' }),
  row('msg_6', { state: 'expired', daysLeft: 0 }),
];

/** The list of deliveries behind a code. */
export const deliveryPages = {
  '/deliveries': (view: View) => <DeliveriesScreen view={view} rows={deliveryRows} />,
};

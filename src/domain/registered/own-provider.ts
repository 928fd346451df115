import { type Service, services } from './delivery.ts';
import { selectDelivery } from './delivery-table.ts';
import { openDeliveries } from './open-deliveries.ts';
import type { RegisteredProvider } from './provider.ts';

/** Our own: the content waits behind a code, and what is done there is recorded by us. */
export const ownProvider: RegisteredProvider<Service> = {
  name: 'own',
  capabilities: () =>
    Promise.resolve({
      services,
      mostBytes: null,
      window: 'chosen',
      needsConsent: false,
      mayAcceptItself: false,
    }),
  submit: openDeliveries,
  statusOf: async (tx, { companyId, messageId }) => {
    const delivery = await selectDelivery(tx, messageId);
    if (delivery?.companyId !== companyId) return null;
    return { standing: delivery.state, by: delivery.state === 'waiting' ? 'nobody' : 'own_record' };
  },
};

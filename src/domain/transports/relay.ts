import type { HouseDelivery, SmtpDeps } from '#domain/senders';
import { connectSmtp, type Delivery, makePool } from '#mail/smtp';
import { toMail } from './direct.ts';
import { failed } from './failed.ts';
import type { Transport, TransportDelivery } from './transport.ts';

/** Relays of operators take a few connections at a time from one client; Postfix's own default is 50. */
const connections = 10;

/**
 * Hands mails to the operator's relay: a success means `handed_off`, because that server passes the mail on. It is asked to report what
 * became of them.
 */
export function makeRelay(
  { options }: Extract<HouseDelivery, { kind: 'relay' }>,
  deps: Pick<SmtpDeps, 'helloName' | 'smtp'>,
): Transport {
  const pool = makePool({
    connect: () => connectSmtp({ ...deps.smtp, ...options, helloName: deps.helloName }),
    maxConnections: connections,
  });
  return {
    name: 'relay',
    account: () => 'relay',
    deliver: async (mail, hooks) => {
      const delivery = await pool.deliver({ ...toMail(mail), reports: mail.reports }, hooks);
      return { ...operatorsTrouble(delivery), accepts: 'handed_off' };
    },
    close: () => pool.close(),
  };
}

/** A sign-in that the operator's own relay refuses is his to mend; no company's sender is broken by it, and mail waits. */
function operatorsTrouble(delivery: Delivery): Delivery {
  return delivery.kind === 'permanent' && delivery.step === 'auth'
    ? { ...delivery, kind: 'temporary' }
    : delivery;
}

/** Stands in where the operator has set up no way out: the sender needs another method. */
export const noWayOut: Transport = {
  name: 'none',
  account: () => 'none',
  deliver: async (): Promise<TransportDelivery> => ({
    ...failed('permanent', 'auth', 'platform_not_set_up', { host: '', port: 0 }),
    accepts: 'handed_off',
  }),
  close: () => Promise.resolve(),
};

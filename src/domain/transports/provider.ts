import {
  type GrantDeps,
  isProviderSender,
  type ProviderSender,
  passesByItself,
  providerSmtp,
  type Sender,
  type SmtpDeps,
  submissionPlace,
  wasTokenRefused,
  withAccessToken,
} from '#domain/senders';
import { type ConnectResult, connectSmtp, makePool, type SmtpPool } from '#mail/smtp';
import { toMail } from './direct.ts';
import { failed } from './failed.ts';
import { accountLimits, takeTurns } from './sites.ts';
import type { TakeTurn } from './take-turn.ts';
import type { Transport, TransportDelivery } from './transport.ts';

export interface ProviderDeps extends GrantDeps, Pick<SmtpDeps, 'helloName' | 'smtp'> {
  readonly takeTurn: TakeTurn;
}

/** Exchange Online closes the fourth one (learn.microsoft.com, "Exchange Online limits"); Google says nothing, and gets no more. */
const connections = 3;

/**
 * Hands mails to Google or Microsoft with the access token of the sender's account: a success means `handed_off`, because they pass
 * the mail on. A token is asked for when a connection is made; one that is refused is renewed, and the connection made once more. An
 * account that is not connected any more is a fault of the sender: its mails are held.
 */
export function makeProviderTransport(deps: ProviderDeps): Transport {
  const pools = new Map<string, SmtpPool>();
  let isClosed = false;
  const poolOf = (sender: ProviderSender): SmtpPool => {
    const known = pools.get(sender.id);
    if (known) return known;
    const pool = makePool({ connect: () => connect(deps, sender), maxConnections: connections });
    pools.set(sender.id, pool);
    return pool;
  };
  return {
    name: 'provider',
    account: accountOf,
    deliver: async (mail, hooks) => {
      const sender = checked(mail.sender);
      const place = placeOf(deps, sender);
      if (isClosed) return handedOff(failed('temporary', 'connect', 'stopped_here', place));
      const limits = accountLimits(place.host, accountOf(sender), sender.address);
      const due = await takeTurns(deps.takeTurn, limits);
      if (due) return { ...handedOff(failed('temporary', 'connect', 'over_limit', place)), notBefore: due };
      return handedOff(await poolOf(sender).deliver(toMail(mail), hooks));
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

async function connect(deps: ProviderDeps, sender: ProviderSender): Promise<ConnectResult> {
  const provider = deps.providers[sender.method];
  const place = placeOf(deps, sender);
  if (!provider) return { ok: false, outcome: failed('permanent', 'auth', 'provider_not_set_up', place) };
  const ref = { companyId: sender.companyId, senderId: sender.id };
  try {
    const dialed = await withAccessToken(
      deps,
      ref,
      (token, account) => connectSmtp(providerSmtp(deps, provider, { account, token })),
      (result) => !result.ok && wasTokenRefused(result.outcome.problem),
    );
    if (dialed.ok) return dialed.result;
    const kind = passesByItself(dialed.problem) ? 'temporary' : 'permanent';
    return { ok: false, outcome: failed(kind, 'auth', dialed.problem, place, dialed.message) };
  } catch (error) {
    // Our own database was away: nothing was sent, and nothing is wrong with sender or message.
    return { ok: false, outcome: failed('temporary', 'connect', 'stopped_here', place, String(error)) };
  }
}

function placeOf({ providers }: ProviderDeps, { method, address }: ProviderSender) {
  const provider = providers[method];
  return provider ? submissionPlace(provider, address) : { host: '', port: 0 };
}

function accountOf(sender: Sender): string {
  return `${sender.method}:${checked(sender).address.toLowerCase()}`;
}

function checked(sender: Sender): ProviderSender {
  if (!isProviderSender(sender)) throw new Error('This transport is for accounts at Google and Microsoft.');
  return sender;
}

function handedOff(delivery: Omit<TransportDelivery, 'accepts'>): TransportDelivery {
  return { ...delivery, accepts: 'handed_off' } as TransportDelivery;
}

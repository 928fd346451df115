import type { Clock } from '#base/time';
import type { EvidenceTables } from '#domain/evidence';
import { isHouseSender, isProviderSender, type Sender, type SenderTables } from '#domain/senders';
import type { Dns, FetchPolicy } from '#mail/dns';
import type { Database } from '#stores/database';
import { makeDirect } from './direct.ts';
import { keepToLimits } from './keep-to-limits.ts';
import type { LimitTables } from './limit-table.ts';
import { makeProviderTransport } from './provider.ts';
import { makeRelay, noWayOut } from './relay.ts';
import { makeSandbox } from './sandbox.ts';
import type { SandboxTables } from './sandbox-table.ts';
import { makeSmtpTransport, type SmtpTransportDeps } from './smtp.ts';
import { makeStsPolicies } from './sts-policies.ts';
import { makeGiveBack, makeTakeTurn, type TakeTurn } from './take-turn.ts';
import type { Transport, Transports } from './transport.ts';

export interface TransportDeps extends Omit<SmtpTransportDeps, 'takeTurn'> {
  readonly database: Database<SenderTables & EvidenceTables & SandboxTables & LimitTables>;
  readonly now: Clock;
  /** Resolves the recipients' domains; it may remember. */
  readonly dns: Dns;
  readonly fetchPolicy: FetchPolicy;
}

/** Builds all ways out; once per process, so that connections are shared. */
export function makeTransports(deps: TransportDeps): Transports {
  const takeTurn = makeTakeTurn(deps.database, deps.now);
  const sandbox = makeSandbox(deps);
  const smtp = makeSmtpTransport({ ...deps, takeTurn });
  const house = makeHouseTransport(deps, takeTurn);
  const provider = makeProviderTransport({ ...deps, takeTurn });
  const wayOf = (sender: Sender): Transport => {
    if (sender.method === 'sandbox') return sandbox;
    return isHouseSender(sender) ? house : isProviderSender(sender) ? provider : smtp;
  };
  const turns = { take: takeTurn, giveBack: makeGiveBack(deps.database) };
  return {
    for: (sender) => keepToLimits(wayOf(sender), sender, turns),
    close: async () => {
      await Promise.all([sandbox.close(), smtp.close(), provider.close(), house.close()]);
    },
  };
}

function makeHouseTransport(deps: TransportDeps, takeTurn: TakeTurn): Transport {
  const { delivery } = deps.house;
  if (delivery.kind === 'none') return noWayOut;
  if (delivery.kind === 'relay') return makeRelay(delivery, deps);
  const stsPolicyOf = makeStsPolicies(deps);
  return makeDirect({ ...deps, port: delivery.port, stsPolicyOf, takeTurn, chance: Math.random });
}

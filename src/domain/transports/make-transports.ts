import type { Clock } from '#base/time';
import type { SenderTables } from '#domain/senders';
import type { Database } from '#stores/database';
import { makeSandbox } from './sandbox.ts';
import type { SandboxTables } from './sandbox-table.ts';
import { makeSmtpTransport, type SmtpTransportDeps } from './smtp.ts';
import type { Transports } from './transport.ts';

export interface TransportDeps extends SmtpTransportDeps {
  readonly database: Database<SenderTables & SandboxTables>;
  readonly now: Clock;
}

/** Builds all ways out; once per process, so that connections are shared. */
export function makeTransports(deps: TransportDeps): Transports {
  const sandbox = makeSandbox(deps);
  const smtp = makeSmtpTransport(deps);
  return {
    for: (sender) => (sender.method === 'sandbox' ? sandbox : smtp),
    close: async () => {
      await Promise.all([sandbox.close(), smtp.close()]);
    },
  };
}

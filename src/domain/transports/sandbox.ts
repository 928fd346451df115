import type { Clock } from '#base/time';
import type { ConversationFacts, SmtpError, Step } from '#mail/smtp';
import { type Database, inCompany } from '#stores/database';
import { insertSandboxMail, type SandboxTables } from './sandbox-table.ts';
import type { Transport, TransportDelivery, TransportMail } from './transport.ts';

/** The sandbox's answer to a mail that it has kept, in the form of a mail server's. */
export const keptInSandbox = { code: 250, enhanced: '2.0.0', lines: ['2.0.0 Kept in the sandbox'] } as const;

/**
 * Keeps mails in the database instead of sending them, once per message. Goes through the same steps as a real server, so
 * that a crash leaves the same traces: nothing is kept before `beforeDot`, and a failure after it is `unknown_after_dot`.
 */
export function makeSandbox(deps: {
  readonly database: Database<SandboxTables>;
  readonly now: Clock;
}): Transport {
  const running = new Set<Promise<unknown>>();
  let isClosed = false;
  const keep = async (mail: TransportMail): Promise<TransportDelivery> => {
    const receivedAt = deps.now();
    try {
      await inCompany(deps.database, mail.sender.companyId, (tx) =>
        insertSandboxMail(tx, {
          message_id: mail.messageId,
          company_id: mail.sender.companyId,
          recipient: mail.envelope.to,
          raw: Buffer.concat(mail.chunks),
          received_at: receivedAt,
        }),
      );
    } catch (error) {
      return {
        kind: 'unknown_after_dot',
        ...refused('dot', 'network_error', errorOf(error, 'database')),
      };
    }
    return { kind: 'accepted', step: 'dot', reply: keptInSandbox, accepts: 'handed_off', ...facts(1) };
  };
  return {
    name: 'sandbox',
    account: (sender) => `sandbox:${sender.companyId}`,
    deliver: async (mail, hooks) => {
      if (isClosed)
        return {
          kind: 'temporary',
          ...refused('connect', 'stopped_here', { code: 'stopped', message: 'the sandbox is closing' }),
        };
      const work = hooks.beforeDot().then(
        () => keep(mail),
        (error: unknown): TransportDelivery => ({
          kind: 'temporary',
          ...refused('body', 'dot_not_recorded', errorOf(error, 'dot_not_recorded')),
        }),
      );
      running.add(work);
      return work.finally(() => running.delete(work));
    },
    close: async () => {
      isClosed = true;
      await Promise.allSettled(running);
    },
  };
}

type SandboxProblem = 'stopped_here' | 'dot_not_recorded' | 'network_error';

function refused(step: Step, problem: SandboxProblem, error: SmtpError) {
  return { step, problem, reply: null, error, accepts: 'handed_off' as const, ...facts(0) };
}

function errorOf(error: unknown, code: string): SmtpError {
  return { code, message: error instanceof Error ? error.message : String(error) };
}

function facts(nthOnConnection: number): ConversationFacts {
  const spent = {
    connectMs: null,
    tlsMs: null,
    authMs: null,
    envelopeMs: null,
    bodyMs: null,
    answerMs: null,
  };
  return {
    host: 'sandbox',
    port: 0,
    ip: null,
    tls: null,
    tlsGivenUp: null,
    nthOnConnection,
    durations: { ...spent, totalMs: 0 },
  };
}

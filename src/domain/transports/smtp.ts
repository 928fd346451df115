import { sha256 } from '#base/crypto';
import {
  openSmtpAccess,
  type Sender,
  type SenderTables,
  type SmtpAccess,
  type SmtpDeps,
  type SmtpSender,
} from '#domain/senders';
import {
  connectSmtp,
  type Delivery,
  makePool,
  type SmtpOptions,
  type SmtpPool,
  type SmtpProblem,
} from '#mail/smtp';
import { type Database, inCompany } from '#stores/database';
import { toMail } from './direct.ts';
import { failed } from './failed.ts';
import { accountLimits, takeTurns } from './sites.ts';
import type { TakeTurn } from './take-turn.ts';
import type { Transport, TransportMail } from './transport.ts';

export interface SmtpTransportDeps extends SmtpDeps {
  readonly database: Database<SenderTables>;
  readonly takeTurn: TakeTurn;
}

/** A pool for one account on one server, shared by the senders that use the same with the same password. */
interface Line {
  readonly pool: SmtpPool;
  readonly senders: Set<string>;
}

/** What a sender uses at the moment; `revision` tells whether its settings were changed since. */
interface Use {
  readonly revision: string;
  readonly line: Promise<Line | Delivery>;
}

/**
 * Hands mails to the senders' own SMTP servers: a success means `handed_off`, because that server passes the mail on. The
 * password is read when a sender is used first and again when its settings change; the old connections are then given up.
 */
export function makeSmtpTransport(deps: SmtpTransportDeps): Transport {
  return new SmtpTransport(deps);
}

class SmtpTransport implements Transport {
  readonly name = 'smtp';
  readonly #deps: SmtpTransportDeps;
  readonly #uses = new Map<string, Use>();
  readonly #lines = new Map<string, Line>();
  readonly #closing = new Set<Promise<void>>();
  #isClosed = false;

  constructor(deps: SmtpTransportDeps) {
    this.#deps = deps;
  }

  account(sender: Sender): string {
    if (sender.method !== 'smtp') throw new Error('This transport is for senders with an own SMTP server.');
    const { host, port, user } = sender.settings;
    return `smtp:${host}:${port}:${user?.toLowerCase() ?? ''}`;
  }

  async deliver(mail: TransportMail, hooks: Parameters<Transport['deliver']>[1]) {
    const line = await this.#lineOf(mail.sender);
    if ('kind' in line) return { ...line, accepts: 'handed_off' as const };
    const limits =
      mail.sender.method === 'smtp'
        ? accountLimits(mail.sender.settings.host, this.account(mail.sender), mail.sender.address)
        : [];
    const due = await takeTurns(this.#deps.takeTurn, limits);
    if (due && mail.sender.method === 'smtp')
      return {
        ...failedFor(mail.sender, 'temporary', 'over_limit'),
        accepts: 'handed_off' as const,
        notBefore: due,
      };
    const delivery = await line.pool.deliver(toMail(mail), hooks);
    return { ...delivery, accepts: 'handed_off' as const };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([...this.#uses.values()].map((use) => use.line));
    await Promise.all([...this.#closing, ...[...this.#lines.values()].map((line) => line.pool.close())]);
  }

  async #lineOf(sender: Sender): Promise<Line | Delivery> {
    if (sender.method !== 'smtp') throw new Error('This transport is for senders with an own SMTP server.');
    if (this.#isClosed) return failedFor(sender, 'temporary', 'stopped_here');
    const known = this.#uses.get(sender.id);
    if (known?.revision === sender.revision) return known.line;
    const line = this.#open(sender);
    const use = { revision: sender.revision, line };
    this.#uses.set(sender.id, use);
    // A line that could not be had is asked for again with the next mail.
    const forget = (): void => {
      if (this.#uses.get(sender.id) === use) this.#uses.delete(sender.id);
    };
    void line.then((had) => 'kind' in had && forget(), forget);
    return line;
  }

  async #open(sender: SmtpSender): Promise<Line | Delivery> {
    const ref = { companyId: sender.companyId, senderId: sender.id };
    const access = await inCompany(this.#deps.database, sender.companyId, (tx) =>
      openSmtpAccess(tx, this.#deps, ref),
    ).catch((error: unknown) => String(error));
    // Our own database was away: nothing was sent, and nothing is wrong with sender or message.
    if (typeof access === 'string') return failedFor(sender, 'temporary', 'stopped_here', access);
    this.#leave(sender.id);
    if (!access.ok) return unusable(sender, access.reason);
    const key = lineKey(access.options, access.sender.settings.maxConnections);
    const line = this.#lines.get(key) ?? {
      pool: makePool({
        connect: () => connectSmtp(access.options),
        maxConnections: access.sender.settings.maxConnections,
      }),
      senders: new Set(),
    };
    line.senders.add(sender.id);
    this.#lines.set(key, line);
    return line;
  }

  /** Takes a sender off its old line, and closes that when nobody else is on it. */
  #leave(senderId: string): void {
    for (const [key, line] of this.#lines) {
      if (!line.senders.delete(senderId) || line.senders.size > 0) continue;
      this.#lines.delete(key);
      const closing = line.pool.close().finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    }
  }
}

/** What cannot be dialed at all, told as the sign-in that cannot take place: the sender needs repair, not the message. */
function unusable(sender: SmtpSender, reason: Exclude<SmtpAccess, { ok: true }>['reason']): Delivery {
  return failedFor(sender, 'permanent', reason === 'not_found' ? 'auth_refused' : reason);
}

function failedFor(
  { settings }: SmtpSender,
  kind: 'temporary' | 'permanent',
  problem: SmtpProblem,
  message?: string,
): Delivery {
  const { host, port } = settings;
  return failed(kind, kind === 'permanent' ? 'auth' : 'connect', problem, { host, port }, message);
}

/** Equal for senders that may share connections. Kept in memory only; the password is in it as a digest. */
function lineKey(
  { host, port, security, verifyCertificate, auth }: SmtpOptions,
  maxConnections: number,
): string {
  const who = auth ? [auth.user, auth.secret] : null;
  const line = [host, port, security, verifyCertificate, maxConnections, who];
  return sha256(JSON.stringify(line)).toString('base64url');
}

import type { DeliverHooks, Mail, PoolOptions, SmtpConnection, SmtpPool } from './contract.ts';
import { factsWithoutConnection } from './conversation.ts';
import type { Delivery } from './outcome.ts';
import { Places } from './places.ts';
import { refusedHere } from './setback.ts';

/** Makes a pool of connections to one server, each reused for many messages; see the contract. */
export function makePool(options: PoolOptions): SmtpPool {
  return new Pool(options);
}

interface Idle {
  readonly connection: SmtpConnection;
  readonly timer: NodeJS.Timeout;
  readonly leave: () => Promise<unknown>;
}

class Pool implements SmtpPool {
  readonly #options: PoolOptions;
  readonly #idle: Idle[] = [];
  readonly #places: Places;
  readonly #running = new Set<Promise<unknown>>();
  #busy = 0;
  #isClosed = false;

  constructor(options: PoolOptions) {
    const { maxConnections: most } = options;
    this.#places = typeof most === 'number' ? new Places(most) : most;
    this.#options = options;
  }

  get open(): number {
    return this.#busy + this.#idle.length;
  }

  get waiting(): number {
    return this.#places.waitingFor(this);
  }

  async deliver(mail: Mail, hooks: DeliverHooks): Promise<Delivery> {
    if (this.#isClosed || !(await this.#places.take(this))) return stoppedHere();
    this.#busy += 1;
    try {
      return await this.#track(this.#deliverOnce(mail, hooks));
    } finally {
      this.#busy -= 1;
      this.#places.give();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#places.sendAway(this);
    while (this.#running.size > 0 || this.#idle.length > 0) {
      for (const idle of [...this.#idle]) void this.#leave(idle);
      await Promise.allSettled(this.#running);
    }
  }

  /**
   * A connection that had lain idle may have died without telling. When that shows before the server has answered
   * MAIL, nothing was sent, and one new connection is tried; never at any later point.
   */
  async #deliverOnce(mail: Mail, hooks: DeliverHooks): Promise<Delivery> {
    let isPastMail = false;
    const watched: DeliverHooks = {
      beforeDot: () => {
        isPastMail = true;
        return hooks.beforeDot();
      },
    };
    const idle = this.#takeIdle();
    if (idle) {
      const outcome = await this.#deliverOver(idle, mail, watched);
      if (isPastMail || !wasDeadAlready(outcome)) return outcome;
    }
    await this.#places.makeRoom();
    const dialed = await this.#options.connect();
    return dialed.ok ? this.#deliverOver(dialed.connection, mail, watched) : dialed.outcome;
  }

  async #deliverOver(connection: SmtpConnection, mail: Mail, hooks: DeliverHooks): Promise<Delivery> {
    const outcome = await connection.deliver(mail, hooks);
    this.#keep(connection);
    return outcome;
  }

  #keep(connection: SmtpConnection): void {
    const { maxMessagesPerConnection = 100, idleMs = 60_000 } = this.#options;
    const limit = Math.min(
      maxMessagesPerConnection,
      connection.capabilities.mailMax ?? Number.POSITIVE_INFINITY,
    );
    if (!connection.isUsable || connection.messages >= limit) {
      void this.#track(connection.quit());
      return;
    }
    const leave = (): Promise<unknown> => this.#leave(idle);
    const idle: Idle = { connection, timer: setTimeout(() => void leave(), idleMs), leave };
    this.#idle.push(idle);
    this.#places.rest(idle);
  }

  #leave(idle: Idle): Promise<unknown> {
    clearTimeout(idle.timer);
    const at = this.#idle.indexOf(idle);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#places.wake(idle);
    return this.#track(idle.connection.quit());
  }

  /** The one used last is the least likely to have been given up by the server. */
  #takeIdle(): SmtpConnection | null {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      clearTimeout(idle.timer);
      this.#places.wake(idle);
      if (idle.connection.isUsable) return idle.connection;
      idle.connection.close();
    }
    return null;
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    const forget = (): boolean => this.#running.delete(work);
    work.then(forget, forget);
    return work;
  }
}

/** Nothing, or only a goodbye, came where the answer to MAIL should have been. */
function wasDeadAlready(outcome: Delivery): boolean {
  if (outcome.kind !== 'temporary' || outcome.step !== 'mail') return false;
  if (outcome.reply === null)
    return outcome.problem === 'closed_by_server' || outcome.problem === 'network_error';
  // "421 idle too long", "421 enough messages"; a server that wants less mail must not be dialed at once.
  return outcome.reply.code === 421 && outcome.problem === 'server_busy';
}

function stoppedHere(): Delivery {
  const setback = refusedHere('temporary', 'connect', 'stopped_here', 'the pool is closing');
  return { ...setback, ...factsWithoutConnection({ host: '', port: 0 }, 0) };
}

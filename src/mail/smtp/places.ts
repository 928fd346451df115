/** A connection that waits for the next mail and may be closed for another one. */
interface Idle {
  /** Says good-bye; settles when the connection is closed. */
  readonly leave: () => Promise<unknown>;
}

interface Asking {
  readonly owner: object;
  readonly tell: (isMine: boolean) => void;
}

/**
 * How many connections may be open at once, busy and idle ones together. Several pools may share it: those to different servers that belong
 * together and count as one. Who waits longest comes first.
 */
export class Places {
  readonly #most: number;
  readonly #waiting: Asking[] = [];
  readonly #idle: Idle[] = [];
  #busy = 0;

  /** Throws where there would be no place at all. */
  constructor(most: number) {
    if (most < 1) throw new RangeError('a pool needs at least one connection');
    this.#most = most;
  }

  /** True once there is a place for a busy connection; false when its owner was sent away. */
  take(owner: object): Promise<boolean> | boolean {
    if (this.#busy === this.#most) return new Promise((tell) => this.#waiting.push({ owner, tell }));
    this.#busy += 1;
    return true;
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next.tell(true);
    else this.#busy -= 1;
  }

  /** Sends away whoever waits for this owner. */
  sendAway(owner: object): void {
    for (const asking of this.#waiting.filter((one) => one.owner === owner)) {
      this.#waiting.splice(this.#waiting.indexOf(asking), 1);
      asking.tell(false);
    }
  }

  waitingFor(owner: object): number {
    return this.#waiting.filter((one) => one.owner === owner).length;
  }

  get isUnused(): boolean {
    return this.#busy === 0 && this.#idle.length === 0;
  }

  rest(idle: Idle): void {
    this.#idle.push(idle);
  }

  wake(idle: Idle): void {
    const at = this.#idle.indexOf(idle);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  /** Before dialing: closes what has been idle longest, in whatever pool, until one more connection is not too many. */
  async makeRoom(): Promise<void> {
    while (this.#busy + this.#idle.length > this.#most) {
      const oldest = this.#idle.shift();
      if (!oldest) return;
      await oldest.leave();
    }
  }
}

import type { Socket } from 'node:net';

/** A socket that is read by awaiting lines, octets or a whole message. Null and 0 mean: it has ended. */
export class LineSocket {
  readonly #socket: Socket;
  #unread: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#receive);
    socket.on('close', this.#finish);
    socket.on('end', this.#finish);
  }

  async line(): Promise<string | null> {
    const end = await this.#until(() => this.#unread.indexOf('\r\n'));
    return end < 0 ? null : this.#cut(end, 2).toString('utf8');
  }

  /** Waits for so many octets, and leaves them to be read. */
  async bytes(count: number): Promise<void> {
    await this.#until(() => (this.#unread.length >= count ? count : -1));
  }

  /** The message before its final dot, dots still doubled; strict: only CRLF dot CRLF ends it. */
  async message(): Promise<Buffer | null> {
    const end = await this.#until(() => {
      if (this.#unread.subarray(0, 3).toString('latin1') === '.\r\n') return 0;
      const found = this.#unread.indexOf('\r\n.\r\n');
      return found < 0 ? -1 : found + 2;
    });
    return end < 0 ? null : this.#cut(end, 3);
  }

  async ended(): Promise<void> {
    await this.#until(() => -1);
  }

  /** False once nobody is there any more. */
  write(data: string | Buffer): boolean {
    if (this.#ended || this.#socket.destroyed) return false;
    this.#socket.write(data);
    return true;
  }

  end(): void {
    this.#socket.end();
    // Unread data would turn the orderly end into a reset.
    this.#socket.resume();
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Hands the socket on, for TLS. */
  release(): Socket {
    this.#socket.off('data', this.#receive);
    return this.#socket;
  }

  readonly #receive = (bytes: Buffer): void => {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    this.#wake?.();
  };

  readonly #finish = (): void => {
    this.#ended = true;
    this.#wake?.();
  };

  async #until(look: () => number): Promise<number> {
    for (let found = look(); ; found = look()) {
      if (found >= 0 || this.#ended) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #cut(end: number, skip: number): Buffer {
    const piece = this.#unread.subarray(0, end);
    this.#unread = this.#unread.subarray(end + skip);
    return piece;
  }
}

import type { DeliverHooks, Mail, SmtpConnection } from './contract.ts';
import { type Conversation, isAnswer } from './conversation.ts';
import { deliverMail } from './deliver-mail.ts';
import type { Delivery } from './outcome.ts';
import { broken } from './setback.ts';

/** See the contract. A second message while one is under way is a bug and thrown. */
export class Connection implements SmtpConnection {
  readonly #talk: Conversation;
  #isBusy = false;

  constructor(talk: Conversation) {
    this.#talk = talk;
  }

  get capabilities() {
    return this.#talk.capabilities;
  }

  get greeting() {
    return this.#talk.greeting;
  }

  get ip() {
    return this.#talk.ip;
  }

  get tls() {
    return this.#talk.tls;
  }

  get messages() {
    return this.#talk.messages;
  }

  get isUsable() {
    return !this.#isBusy && this.#isQuiet();
  }

  async deliver(mail: Mail, hooks: DeliverHooks): Promise<Delivery> {
    this.#begin();
    try {
      if (this.#isQuiet()) return await deliverMail(this.#talk, mail, hooks);
      const setback = broken('mail', { code: 'closed', message: 'the connection was already closed' });
      return { ...setback, ...this.#talk.facts({ totalMs: 0 }) };
    } finally {
      this.#isBusy = false;
    }
  }

  async reset(): Promise<boolean> {
    this.#begin();
    const heard = await this.#talk.ask('RSET', this.#talk.timeouts.reset);
    this.#isBusy = false;
    if (!isAnswer(heard, 250)) this.close();
    else this.#talk.needsReset = false;
    return !this.#talk.wire.isDead;
  }

  async quit(): Promise<void> {
    if (this.isUsable) await this.#talk.ask('QUIT', this.#talk.timeouts.quit);
    this.close();
  }

  close(): void {
    this.#talk.wire.close();
  }

  /** A reply that nobody asked for is mostly "421 closing"; whatever it is, we would be out of step. */
  #isQuiet(): boolean {
    if (this.#talk.wire.interruption()) this.#talk.wire.close();
    return !this.#talk.wire.isDead;
  }

  #begin(): void {
    if (this.#isBusy) throw new Error('an SMTP connection carries one message at a time');
    this.#isBusy = true;
  }
}

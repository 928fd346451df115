import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginAuth } from './check-auth.ts';
import { LineSocket } from './line-socket.ts';
import { addressIn, unstuff } from './received-mail.ts';
import type { RudeMoment, RudeRule, RudeState } from './rude-script.ts';

/** One conversation, read like a script: await a line, answer, go on. */
export class RudeSession {
  readonly #state: RudeState;
  readonly #serveTls: (plain: Socket) => Socket;
  #peer: LineSocket;
  #secure = false;
  #user: string | null = null;
  /** Null until MAIL is accepted: then RCPT is out of order. */
  #from: string | null = null;
  #to: string[] = [];

  constructor(state: RudeState, socket: Socket, serveTls: (plain: Socket) => Socket) {
    this.#state = state;
    this.#serveTls = serveTls;
    this.#peer = new LineSocket(socket);
  }

  async run(): Promise<void> {
    if (await this.#misbehave('connect', '')) return;
    if (this.#state.options.tls?.mode === 'implicit') this.#goSecret();
    await this.#answer('greeting', '', '220 rude.invalid ESMTP');
    for (let line = await this.#peer.line(); line !== null; line = await this.#peer.line()) {
      this.#state.lines.push(line);
      await this.#take(line);
    }
  }

  async #take(line: string): Promise<void> {
    const verb = line.split(' ')[0]?.toUpperCase() ?? '';
    if (verb === 'EHLO') return void (await this.#answer('ehlo', line, this.#capabilities()));
    if (verb === 'HELO') return void (await this.#answer('helo', line, '250 rude.invalid'));
    if (verb === 'STARTTLS') return this.#takeStartTls(line);
    if (verb === 'AUTH') return this.#takeAuth(line);
    if (verb === 'DATA') return this.#takeMail(line);
    if (verb === 'MAIL') {
      this.#to = [];
      this.#from = (await this.#answer('mail', line, '250 2.1.0 Ok')) ? addressIn(line) : null;
    }
    if (verb === 'RCPT') return this.#takeRecipient(line);
    if (verb === 'RSET') await this.#answer('rset', line, '250 2.0.0 Ok');
    if (verb === 'QUIT' && (await this.#answer('quit', line, '221 2.0.0 Bye'))) this.#peer.end();
  }

  async #takeRecipient(line: string): Promise<void> {
    const polite = this.#from === null ? '503 5.5.1 Need MAIL first' : '250 2.1.5 Ok';
    if (await this.#answer('rcpt', line, polite)) this.#to.push(addressIn(line));
  }

  #capabilities(): string[] {
    const { options } = this.#state;
    const words = options.capabilities ?? ['PIPELINING', '8BITMIME', 'ENHANCEDSTATUSCODES'];
    const tls = options.tls?.mode === 'starttls' && !this.#secure ? ['STARTTLS'] : [];
    const auth = options.users ? ['AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2'] : [];
    const all = ['rude.invalid', ...words, ...tls, ...auth];
    return all.map((word, at) => `250${at < all.length - 1 ? '-' : ' '}${word}`);
  }

  async #takeStartTls(line: string): Promise<void> {
    if (await this.#answer('starttls', line, '220 2.0.0 Ready')) this.#goSecret();
  }

  #goSecret(): void {
    this.#peer = new LineSocket(this.#serveTls(this.#peer.release()));
    this.#secure = true;
  }

  async #takeAuth(first: string): Promise<void> {
    if (await this.#misbehave('auth', first)) return;
    const exchange = beginAuth(this.#state.options.users ?? {});
    for (let line: string | null = first; line !== null; line = await this.#peer.line()) {
      const { reply, user, done } = exchange.next(line);
      this.#peer.write(`${reply}\r\n`);
      this.#user = user;
      if (done) return;
    }
  }

  async #takeMail(line: string): Promise<void> {
    // A polite server wants a recipient first.
    const wanted = this.#to.length > 0 ? '354 Go on' : '503 5.5.1 No valid recipients';
    if (!(await this.#answer('data', line, wanted))) return;
    const inBody = this.#state.pick('body', '');
    await this.#peer.bytes(inBody?.afterBytes ?? 1);
    if (inBody) await this.#play(inBody);
    this.#state.isBodySeen = true;
    if (inBody?.hangUp) return;
    const whole = await this.#peer.message();
    if (whole === null) return;
    const mail = {
      from: this.#from ?? '',
      to: this.#to,
      bytes: unstuff(whole),
      secure: this.#secure,
      user: this.#user,
    };
    this.#to = [];
    const atDot = this.#state.pick('dot', '');
    if (!atDot || (atDot.store ?? /^2/.test(`${atDot.reply ?? ''}`))) this.#state.mails.push(mail);
    if (atDot) return this.#play(atDot);
    this.#peer.write('250 2.0.0 Ok: kept\r\n');
    await this.#misbehave('idle', '');
  }

  /** Plays the script's line for this moment, or answers politely. Returns the answer given; null for a refusal. */
  async #answer(at: RudeMoment, line: string, polite: string | readonly string[]): Promise<string | null> {
    const rule = this.#state.pick(at, line);
    if (rule) await this.#play(rule);
    else this.#peer.write(`${[polite].flat().join('\r\n')}\r\n`);
    const given = rule ? [rule.reply ?? rule.raw?.toString() ?? ''].flat()[0] : [polite].flat()[0];
    return given && /^[23]/.test(given) && !rule?.hangUp ? given : null;
  }

  async #misbehave(at: RudeMoment, line: string): Promise<boolean> {
    const rule = this.#state.pick(at, line);
    if (rule) await this.#play(rule);
    return rule !== null;
  }

  async #play(rule: RudeRule): Promise<void> {
    if (rule.silent) return this.#peer.ended();
    if (rule.waitMs) await sleep(rule.waitMs);
    const text = [rule.reply ?? []].flat().map((line) => `${line}\r\n`);
    if (rule.dribbleMs) await this.#dribble(text.join(''), rule.dribbleMs);
    else for (const line of text) this.#peer.write(line);
    if (rule.raw !== undefined) this.#peer.write(rule.raw);
    if (rule.endless) await this.#goOnForever(rule.endless);
    if (rule.hangUp === 'close') this.#peer.end();
    if (rule.hangUp === 'reset') this.#peer.reset();
  }

  async #dribble(text: string, everyMs: number): Promise<void> {
    for (const octet of Buffer.from(text)) {
      if (!this.#peer.write(Buffer.of(octet))) return;
      await sleep(everyMs);
    }
  }

  async #goOnForever(code: number): Promise<void> {
    while (this.#peer.write(`${code}-and another thing\r\n`.repeat(10))) await sleep(1);
  }
}

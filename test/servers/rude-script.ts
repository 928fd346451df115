import type { TestCertificate } from './certificate.ts';
import type { ReceivedMail } from './received-mail.ts';

/** Where the server misbehaves. `connect` is before the greeting, `body` inside the message, `idle` after a mail. */
export type RudeMoment =
  | 'connect'
  | 'greeting'
  | 'ehlo'
  | 'helo'
  | 'starttls'
  | 'auth'
  | 'mail'
  | 'rcpt'
  | 'data'
  | 'body'
  | 'dot'
  | 'rset'
  | 'quit'
  | 'idle';

/** One line of the script; the first line that fits the moment is played instead of the polite answer. */
export interface RudeRule {
  readonly at: RudeMoment;
  /** Only when the client's line fits. */
  readonly when?: RegExp;
  /** Only the first so many times. */
  readonly times?: number;
  /** Only from the so-and-so-many-th time on (1 is the first). */
  readonly from?: number;
  /** For `body`: after so many octets of it. */
  readonly afterBytes?: number;
  readonly waitMs?: number;
  /** Written as it is, CRLF added; several lines make several writes. */
  readonly reply?: string | readonly string[];
  /** Written as it is, nothing added. */
  readonly raw?: string | Buffer;
  /** One octet every so many milliseconds. */
  readonly dribbleMs?: number;
  /** A multi-line reply with this code that never ends. */
  readonly endless?: number;
  /** Never answers at all. */
  readonly silent?: boolean;
  /** For `dot`: the mail is kept although the answer says otherwise, or never comes. */
  readonly store?: boolean;
  /** What happens to the connection afterwards; `reset` sends a TCP RST. */
  readonly hangUp?: 'close' | 'reset';
}

/** Picks the rule for a moment and counts how often each has been asked for. */
export function makePicker(script: readonly RudeRule[]): (at: RudeMoment, line: string) => RudeRule | null {
  const seen = new Map<RudeRule, number>();
  return (at, line) => {
    for (const rule of script) {
      if (rule.at !== at || (rule.when && !rule.when.test(line))) continue;
      const nth = (seen.get(rule) ?? 0) + 1;
      seen.set(rule, nth);
      if (nth <= (rule.times ?? Number.POSITIVE_INFINITY) && nth >= (rule.from ?? 1)) return rule;
    }
    return null;
  };
}

/** Refuses every first try of a sender and recipient, takes the second: greylisting (RFC 6647). */
export const greylisting: readonly RudeRule[] = [
  {
    at: 'rcpt',
    times: 1,
    reply: '450 4.2.0 <x>: Recipient address rejected: Greylisted, try again in 300 s',
  },
];

export interface RudeOptions {
  readonly tls?: TestCertificate & { readonly mode: 'implicit' | 'starttls' };
  readonly users?: Readonly<Record<string, string>>;
  /** Where to listen; default 127.0.0.1. */
  readonly host?: string;
  /** EHLO keywords; default PIPELINING, 8BITMIME, ENHANCEDSTATUSCODES. */
  readonly capabilities?: readonly string[];
  /** Versions and ciphers, to provoke handshakes that fail. */
  readonly tlsOptions?: { readonly maxVersion?: 'TLSv1.2'; readonly ciphers?: string };
}

/** What the conversations of one server share. */
export interface RudeState {
  readonly options: RudeOptions;
  readonly pick: (at: RudeMoment, line: string) => RudeRule | null;
  readonly mails: ReceivedMail[];
  readonly lines: string[];
  isBodySeen: boolean;
}

import type { Reply } from './reply.ts';

/** What a server offers in its answer to EHLO (RFC 5321 §4.1.1.1). */
export interface Capabilities {
  /** The name by which the server calls itself. */
  readonly name: string;
  /** False when only HELO was understood. */
  readonly extended: boolean;
  readonly pipelining: boolean; // RFC 2920
  readonly eightBitMime: boolean; // RFC 6152
  readonly smtpUtf8: boolean; // RFC 6531
  readonly startTls: boolean; // RFC 3207
  readonly enhancedStatusCodes: boolean; // RFC 2034
  readonly dsn: boolean; // RFC 3461
  /** SIZE (RFC 1870): the server wants to know the size beforehand. */
  readonly size: boolean;
  /** The largest message in octets that it takes; null when not said or unlimited. */
  readonly maxSize: number | null;
  /** AUTH (RFC 4954): upper-case names. */
  readonly authMethods: readonly string[];
  /** LIMITS (RFC 9422). */
  readonly mailMax: number | null;
  readonly rcptMax: number | null;
  readonly rcptDomainMax: number | null;
}

/** Reads the answer to EHLO. Unknown keywords are passed over; a keyword without sense counts as not offered. */
export function readCapabilities(reply: Reply): Capabilities {
  const words = new Map<string, string[]>();
  for (const line of reply.lines.slice(1)) {
    // "AUTH=LOGIN" is how servers before RFC 4954 said it; both forms may stand side by side.
    const [keyword = '', ...rest] = line
      .trim()
      .replace(/^AUTH=/i, 'AUTH ')
      .split(/\s+/);
    const name = keyword.toUpperCase();
    words.set(name, [...(words.get(name) ?? []), ...rest]);
  }
  return {
    name: reply.lines[0]?.trim().split(/\s+/)[0] ?? '',
    extended: true,
    pipelining: words.has('PIPELINING'),
    eightBitMime: words.has('8BITMIME'),
    smtpUtf8: words.has('SMTPUTF8'),
    startTls: words.has('STARTTLS'),
    enhancedStatusCodes: words.has('ENHANCEDSTATUSCODES'),
    dsn: words.has('DSN'),
    size: words.has('SIZE'),
    maxSize: positive(words.get('SIZE')?.[0]),
    authMethods: [...new Set((words.get('AUTH') ?? []).map((method) => method.toUpperCase()))],
    ...readLimits(words.get('LIMITS') ?? []),
  };
}

/** What is left when a server understands only HELO. */
export function bareCapabilities(reply: Reply): Capabilities {
  return { ...readCapabilities({ ...reply, lines: reply.lines.slice(0, 1) }), extended: false };
}

function readLimits(words: readonly string[]): Pick<Capabilities, 'mailMax' | 'rcptMax' | 'rcptDomainMax'> {
  const limits = new Map(words.map((word) => [word.split('=')[0]?.toUpperCase(), word.split('=')[1]]));
  return {
    mailMax: positive(limits.get('MAILMAX')),
    rcptMax: positive(limits.get('RCPTMAX')),
    rcptDomainMax: positive(limits.get('RCPTDOMAINMAX')),
  };
}

/** RFC 1870: up to 20 digits, zero means "no fixed limit". */
function positive(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return null;
  return Number(text) > 0 ? Number(text) : null;
}

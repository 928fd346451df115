import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const keyBytes = 32; // AES-256

/** A comma-separated list; spaces around the commas do not matter. */
export function listOf<T extends z.ZodType<unknown, string>>(element: T) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(element));
}

/** A TCP port; 0 takes any free one. */
export const tcpPort = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'is not a port number' })
  .transform(Number)
  .refine((port) => port <= 65_535, { error: 'is not a port number: the highest is 65535' });

/** What an upload may weigh; all of it is read into memory. */
export const fileMegabytes = z
  .string()
  .regex(/^\d{1,3}$/, { error: 'is not a whole number' })
  .transform(Number)
  .refine((size) => size >= 1 && size <= 100, { error: 'is not between 1 and 100' });

/** An http or https address, as it is. */
export const httpUrl = z.string().refine(isHttp, { error: 'is not an http:// or https:// address' });

/** Scheme, host and port without a path, for example `https://bills.example.com`. */
export const onlyOrigin = httpUrl
  .refine((text) => !isHttp(text) || new URL(text).href === `${new URL(text).origin}/`, {
    error: 'has only a scheme, a name and a port, no path: https://bills.example.com',
  })
  .transform((text) => new URL(text).origin);

/** What is posted to a gateway for text messages: JSON or a form, with the number and the words in it. */
export const textBody = z
  .string()
  .refine((text) => ['{to}', '{text}'].every((part) => text.includes(part)), {
    error: 'does not have both {to} and {text} in it',
  })
  .refine((text) => !/^\s*[[{]/.test(text) || isJson(text), { error: 'begins like JSON and is none' });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const postgresUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), {
    error: 'is not the address of a PostgreSQL database: postgres://user:password@host/name',
  });

export const s3Url = z
  .string()
  .refine((text) => /^s3:\/\/[a-z0-9.-]{3,63}(\/|\?|$)/.test(text) && URL.canParse(text), {
    error: 'is not an S3 address: s3://bucket/prefix?endpoint=https://…',
  });

/** `direct:` or a relay. */
export const smtpUrl = z
  .string()
  .refine((text) => text === 'direct:' || (/^smtps?:\/\/[^/]/.test(text) && URL.canParse(text)), {
    error: 'is neither direct: nor an SMTP address: smtp://user:password@host:587',
  });

/** An id or secret as providers hand them out: visible ASCII (RFC 6749 appendix A.1, A.2). */
export const clientWord = z
  .string()
  .regex(/^[\x21-\x7e]{1,500}$/, { error: 'has spaces or characters that no client id or secret has' });

const endpointSchemes: Readonly<Record<string, RegExp>> = {
  authorize: /^https?:$/,
  token: /^https?:$/,
  revoke: /^https?:$/,
  issuer: /^https?:$/,
  scope: /^https?:$/,
  smtp: /^smtps?:$/,
  imap: /^imaps?:$/,
};

/** `name=address` pairs, separated by spaces or commas. Secrets travel there, so it is https, but to this machine. */
export const endpointList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
  .refine((parts) => parts.every(isEndpoint), {
    error: 'is not a list like token=https://login.example/token smtp=smtp://smtp.example:587',
  })
  .transform(
    (parts): Readonly<Record<string, string>> =>
      Object.fromEntries(
        parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
      ),
  );

function isEndpoint(part: string): boolean {
  const [, name = '', address = ''] = /^(\w+)=(.+)$/.exec(part) ?? [];
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return endpointSchemes[name]?.test(protocol) === true && (protocol !== 'http:' || isHere);
}

export const base64Key = z
  .string()
  .refine((text) => /^[A-Za-z0-9+/_-]+=*$/.test(text) && Buffer.from(text, 'base64').length === keyBytes, {
    error: `is not ${keyBytes} bytes in base64; "openssl rand -base64 32" makes one`,
  })
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

// RFC 1035 §2.3.1, RFC 1123 §2.1: letters, digits and hyphens, 63 to a label, 253 in all
export const hostName = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i, {
    error: 'is not a host name',
  })
  .transform((name) => name.toLowerCase());

export const ipAddress = z.string().refine((text) => ipaddr.isValid(text), { error: 'is not an IP address' });

export const addressOrRange = z.string().refine((text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text), {
  error: 'is not an IP address or a range like 10.0.0.0/8',
});

/** `192.0.2.1`, `192.0.2.1:5353`, `[2001:db8::1]:53`: the forms that node:dns takes. */
export const nameServer = z.string().refine(
  (text) => {
    const [, address, port] = /^\[?([0-9a-fA-F.:]+?)\]?(?::(\d{1,5}))?$/.exec(text) ?? [];
    return (
      ipaddr.isValid(text) ||
      (address !== undefined && ipaddr.isValid(address) && Number(port ?? 53) <= 65_535)
    );
  },
  { error: 'is not the address of a resolver like 192.0.2.1:53' },
);

function isHttp(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

import type { SmtpOptions } from '#mail/smtp';

/** How mail leaves the installation itself, as the operator has set it up (`ENVOI_SMTP_URL`). */
export type HouseDelivery =
  /** Nothing leaves but through the companies' own servers. */
  | { readonly kind: 'none' }
  /** Straight to the recipients' mail servers, at this port. */
  | { readonly kind: 'direct'; readonly port: number }
  /** Through a server of the operator, which passes it on. */
  | { readonly kind: 'relay'; readonly options: Pick<SmtpOptions, 'host' | 'port' | 'security' | 'auth'> };

export interface House {
  readonly delivery: HouseDelivery;
  /** Domain of the no-reply address, and of the return paths of those who send without a domain of their own. */
  readonly platformDomain: string;
}

/** An installation that sends nothing itself. */
export const noHouse: House = { delivery: { kind: 'none' }, platformDomain: 'localhost' };

/** The address that mail goes out from where a company has none of its own. */
export function platformAddress(house: House): string {
  return neutralAddress(house.platformDomain);
}

/** What stands where a company's name does that may not be told. */
export const platformName = 'Envoi';

/** The platform's address, which tells nothing of the company that a mail comes from. */
export function neutralAddress(platformDomain: string): string {
  return `no-reply@${platformDomain}`;
}

// RFC 8314 §3.3 (465), RFC 6409 §3.1 (587); a relay that asks for no sign-in is one that listens where servers do.
const [implicitPort, submissionPort, serverPort] = [465, 587, 25];

/** Reads a relay's URL: `smtps://` is TLS from the first byte, `smtp://` takes STARTTLS where it is offered. */
export function readRelayUrl(text: string): Extract<HouseDelivery, { kind: 'relay' }> {
  const url = new URL(text);
  const isImplicit = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  const usual = isImplicit ? implicitPort : user === '' ? serverPort : submissionPort;
  return {
    kind: 'relay',
    options: {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? usual : Number(url.port),
      security: isImplicit ? 'implicit' : 'opportunistic',
      ...(user === '' ? {} : { auth: { user, secret: decodeURIComponent(url.password) } }),
    },
  };
}

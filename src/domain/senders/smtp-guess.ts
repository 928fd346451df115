import { domainOf } from '#mail/address';
import type { Security } from '#mail/smtp';
import providerFile from './providers.json' with { type: 'json' };

/** What a person must do at the provider first; screens put words to these. */
export type ProviderNeed =
  /** The usual password is refused: one for this program must be made there. */
  | 'app_password'
  /** Sending through programs must be switched on there. */
  | 'smtp_enabled'
  /** The provider takes no passwords any more. */
  | 'no_passwords';

/** Settings to propose for an address; somebody looks at them before they are used. */
export interface SmtpGuess {
  /** Name of the provider; null when the guess follows from the domain alone. */
  readonly provider: string | null;
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  readonly needs: ProviderNeed | null;
}

/**
 * Proposes servers for an address, the likeliest first. `mailExchangers` are the MX hosts of its domain where the caller has
 * asked the DNS: they tell whose customer an own domain is. Empty for what is no address.
 */
export function smtpGuess(address: string, mailExchangers: readonly string[] = []): SmtpGuess[] {
  const domain = domainOf(address);
  if (domain === '') return [];
  const known = providers.filter(
    (provider) =>
      provider.domains.includes(domain) ||
      mailExchangers.some((host) => provider.mailExchangers.some((suffix) => isBelow(host, suffix))),
  );
  const guesses = known.map((provider) => guessOf(provider, address));
  return guesses.length > 0 ? guesses : ['smtp', 'mail'].map((label) => usual(`${label}.${domain}`, address));
}

interface Provider {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: 'address' | 'local';
  readonly needs: ProviderNeed | null;
  readonly domains: readonly string[];
  readonly mailExchangers: readonly string[];
  readonly source: string;
}

const providers = providerFile.providers as readonly Provider[];

function guessOf({ name, host, port, security, user, needs }: Provider, address: string): SmtpGuess {
  const login = user === 'local' ? address.slice(0, address.lastIndexOf('@')) : address;
  return { provider: name, host, port, security, user: login, needs };
}

/** RFC 8314 §3.3: implicit TLS on 465 is what servers shall offer. */
function usual(host: string, address: string): SmtpGuess {
  return { provider: null, host, port: 465, security: 'implicit', user: address, needs: null };
}

function isBelow(host: string, suffix: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === suffix || name.endsWith(`.${suffix}`);
}

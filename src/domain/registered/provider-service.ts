import type { DeliveryState } from './delivery.ts';

/** Outside providers that a company may have an account with. */
export type ProviderName = 'incamail';

/** What an outside provider is asked for: `<provider>_<its kind>`. */
export type ProviderService = 'incamail_confidential' | 'incamail_personal' | 'incamail_registered';
export const providerServices: readonly ProviderService[] = [
  'incamail_confidential',
  'incamail_personal',
  'incamail_registered',
];

export function isProviderService(service: string): service is ProviderService {
  return (providerServices as readonly string[]).includes(service);
}

/** How a delivery stands: by a decision after a code with us, or by what a provider's receipt says. */
export type Standing = DeliveryState | 'submitted' | 'blocked';

/** Who says how a delivery at a provider stands: a receipt that is signed and trusted, a mail that nobody signed, or our own mail, which did not get there. */
export type SaidBy = 'nobody' | 'signed' | 'unsigned' | 'message';

import { getDomain, getPublicSuffix } from 'tldts';

/**
 * The domain that somebody registered, for a name below it: `vautrin.co.uk` for `mail.vautrin.co.uk`. By the Public Suffix
 * List (publicsuffix.org), its private part included, so that two shops at one hoster are strangers. Null for a public suffix
 * itself and for what is no domain.
 */
export function organisationalDomain(name: string): string | null {
  return getDomain(name, options);
}

/** Tells whether everybody can register below this name: `be`, `co.uk`, `github.io`. */
export function isPublicSuffix(name: string): boolean {
  return getPublicSuffix(name, options) === name;
}

const options = { allowPrivateDomains: true, validateHostname: false } as const;

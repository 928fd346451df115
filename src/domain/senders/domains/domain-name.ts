import { domainToASCII, domainToUnicode } from 'node:url';
import { isPublicSuffix } from '#mail/dns';
import providerFile from '../providers.json' with { type: 'json' };
import type { DomainNameRefusal } from './domain.ts';

export type ReadDomainName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: DomainNameRefusal };

const longest = 253 - 'envoi99-xxxx._domainkey.'.length; // RFC 1035 §2.3.4, less the longest name that we add

/**
 * Takes what a person typed as the domain of the company and returns it in lower-case A-labels, or says what else it is: an
 * address of the web, of a mailbox, of everybody's mailbox provider, or a name whose letters pretend to be others.
 */
export function readDomainName(typed: string): ReadDomainName {
  const text = typed.trim().normalize('NFC').replace(/\.$/, '');
  if (text === '') return refuse('domain_missing');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /[/\\?#:]/.test(text)) return refuse('domain_with_scheme');
  if (text.includes('@')) return refuse('domain_is_address');
  if (/\s/.test(text)) return refuse('domain_with_spaces');
  const name = text.length > longest ? '' : toAscii(text);
  if (!isDomain(name) || name.split('.').some(isBrokenALabel)) return refuse('domain_malformed');
  if (name.split('.').some(mixesScripts)) return refuse('domain_mixes_scripts');
  if (isPublicSuffix(name)) return refuse('domain_is_public_suffix');
  if (isMailboxProvider(name)) return refuse('domain_is_mailbox_provider');
  return { ok: true, name };
}

/** The domain as people read it. */
export function shownDomain(name: string): string {
  return domainToUnicode(name) || name;
}

/** Tells whether everybody can have a mailbox at this domain or the one that it stands below, so that nobody who uses it owns it. */
export function isMailboxProvider(name: string): boolean {
  const labels = name.split('.');
  return labels.some((_, first) => mailboxDomains.has(labels.slice(first).join('.'))) || regional.test(name);
}

/** These two give out mailboxes in most countries, under names that nobody else may have. */
const regional = /(?:^|\.)(?:hotmail|yahoo)\.(?:[a-z]{2,3}|com?\.[a-z]{2})$/;

const mailboxDomains: ReadonlySet<string> = new Set([
  ...providerFile.providers.flatMap((provider) => provider.domains),
  ...[
    'aol.com',
    'aol.fr',
    'aol.de',
    'gmx.com',
    'web.de',
    'freenet.de',
    'mail.com',
    'mail.de',
    'posteo.de',
    'posteo.net',
  ],
  ...[
    'proton.me',
    'protonmail.com',
    'pm.me',
    'tutanota.com',
    'tuta.com',
    'zoho.com',
    'zohomail.eu',
    'yandex.com',
    'yandex.ru',
  ],
  ...[
    'mail.ru',
    'laposte.net',
    'sfr.fr',
    'neuf.fr',
    'bbox.fr',
    'numericable.fr',
    'club-internet.fr',
    'alice.it',
    'virgilio.it',
  ],
  ...[
    'tin.it',
    'pec.it',
    'legalmail.it',
    'email.it',
    'fastwebnet.it',
    'bluewin.ch',
    'hispeed.ch',
    'sunrise.ch',
    'ziggo.nl',
  ],
  ...[
    'home.nl',
    'scarlet.be',
    'voo.be',
    'yahoo.com.br',
    'yahoo.co.uk',
    'yahoo.es',
    'hotmail.co.uk',
    'hotmail.de',
    'hotmail.nl',
  ],
  ...[
    'hotmail.be',
    'hotmail.es',
    'live.co.uk',
    'rocketmail.com',
    'fastmail.com',
    'hey.com',
    'qq.com',
    '163.com',
    'o2.pl',
    'wp.pl',
    'seznam.cz',
    'arcor.de',
    'chello.nl',
    'upcmail.nl',
    'casema.nl',
    'quicknet.nl',
    'netcourrier.com',
    'aliceadsl.fr',
    'outlook.es',
    'outlook.pt',
    'outlook.at',
    'outlook.ie',
    'outlook.com.br',
  ],
]);

/** ASCII names do not go through the converter, which reads numbers as addresses, unless they claim to be encoded. */
function toAscii(text: string): string {
  const isPlain = !/[^!-~]/.test(text) && !/(?:^|\.)xn--/i.test(text);
  return isPlain ? text.toLowerCase() : domainToASCII(text);
}

/** Newer versions of Node let A-labels pass that stand for nothing; they come back as they are (RFC 5890 §2.3.2.1). */
function isBrokenALabel(label: string): boolean {
  return label.startsWith('xn--') && domainToUnicode(label).startsWith('xn--');
}

function isDomain(name: string): boolean {
  const labels = name.split('.');
  if (labels.length < 2 || !labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)))
    return false;
  return !/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? ''); // RFC 3696 §2: not an address
}

const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];

/** Letters of two alphabets that look alike in one label: UTS 39 §5.2 calls such a name less than highly restrictive. */
function mixesScripts(label: string): boolean {
  if (!label.startsWith('xn--')) return false;
  const shown = domainToUnicode(label);
  return shown === '' || scripts.filter((script) => script.test(shown)).length > 1;
}

function refuse(reason: DomainNameRefusal): ReadDomainName {
  return { ok: false, reason };
}

import { isLanguage, type Language } from '#base/language';
import { readMobile } from '#base/phone';
import { type FactProblem, normaliseVatId } from '#domain/documents';
import { addressKey, parseAddress } from '#mail/address';
import { type Consent, type ContactRole, contactRoles } from './customer.ts';

/** A contact as a program or a form gives it; absent fields stay as they are. */
export interface GivenContact {
  readonly email: string;
  readonly name?: string | null;
  readonly roles?: readonly string[] | null;
  readonly language?: string | null;
  /** Of a mobile phone, with its country's code. */
  readonly mobile?: string | null;
  readonly tracking?: string | null;
  /** How consent was given or refused, in a person's words ("asked on the phone"). */
  readonly trackingHow?: string | null;
}

/** A customer as a program or a form gives it. `contacts`, when given, is the whole list: who is not in it is removed. */
export interface GivenCustomer {
  readonly name?: string | null;
  readonly vatId?: string | null;
  readonly country?: string | null;
  readonly language?: string | null;
  readonly defaultCc?: readonly string[] | null;
  readonly category?: string | null;
  readonly contacts?: readonly GivenContact[] | null;
}

export type CustomerProblem =
  | FactProblem
  | {
      readonly path: string;
      readonly reason: 'not_a_role' | 'not_a_consent' | 'not_a_mobile' | 'twice' | 'several_categories';
    };

export interface ReadContact {
  readonly email: string;
  readonly name?: string;
  readonly roles?: readonly ContactRole[];
  readonly language?: Language | null;
  readonly mobile?: string | null;
  readonly tracking?: Consent;
  readonly trackingHow?: string | null;
}

export interface ReadCustomer {
  readonly name?: string;
  readonly vatId?: string | null;
  readonly country?: string | null;
  readonly language?: Language | null;
  readonly defaultCc?: readonly string[];
  readonly category?: string | null;
  readonly contacts?: readonly ReadContact[];
}

type Refuse = (path: string, reason: CustomerProblem['reason']) => undefined;

const longestName = 200;
const longestHow = 500;
const longestCategory = 60;
const mostContacts = 200;
const mostCopies = 20;

/** Reads a customer from outside. Refuses with every field that is wrong; `path` as in the contract (`contacts.0.email`). */
export function readGivenCustomer(
  given: GivenCustomer,
):
  | { readonly ok: true; readonly customer: ReadCustomer }
  | { readonly ok: false; readonly problems: readonly CustomerProblem[] } {
  const problems: CustomerProblem[] = [];
  const refuse: Refuse = (path, reason) => {
    problems.push({ path, reason } as CustomerProblem);
    return undefined;
  };
  const customer: ReadCustomer = {
    name: given.name === undefined ? undefined : readName(given.name, refuse),
    vatId: readOptional(given.vatId, (text) => normaliseVatId(text) ?? refuse('vatId', 'not_a_vat_id')),
    country: readOptional(given.country, (text) => readCountry(text, refuse)),
    language: readOptional(given.language, (text) => readLanguage(text, 'language', refuse)),
    defaultCc: given.defaultCc === undefined ? undefined : readCopies(given.defaultCc ?? [], refuse),
    category: readOptional(given.category, (text) => readCategory(text, refuse)),
    contacts: given.contacts === undefined ? undefined : readContacts(given.contacts ?? [], refuse),
  };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, customer };
}

/** Reads one contact; `path` goes before the names of wrong fields. */
export function readGivenContact(
  given: GivenContact,
  path = '',
):
  | { readonly ok: true; readonly contact: ReadContact }
  | { readonly ok: false; readonly problems: readonly CustomerProblem[] } {
  const problems: CustomerProblem[] = [];
  const contact = readContact(given, path, (field, reason) => {
    problems.push({ path: field, reason } as CustomerProblem);
    return undefined;
  });
  return contact && problems.length === 0 ? { ok: true, contact } : { ok: false, problems };
}

function readName(name: string | null, refuse: Refuse): string | undefined {
  const text = oneLine(name ?? '');
  if (text === '') return refuse('name', 'required');
  return text.length > longestName ? refuse('name', 'too_long') : text;
}

function readCategory(given: string, refuse: Refuse): string | undefined {
  const text = oneLine(given);
  return text.length > longestCategory ? refuse('category', 'too_long') : text;
}

function readContacts(given: readonly GivenContact[], refuse: Refuse): ReadContact[] | undefined {
  if (given.length > mostContacts) return refuse('contacts', 'too_many');
  const seen = new Set<string>();
  return given.flatMap((one, index) => {
    const contact = readContact(one, `contacts.${index}.`, refuse);
    if (!contact) return [];
    const key = addressKey(contact.email);
    if (seen.has(key)) refuse(`contacts.${index}.email`, 'twice');
    seen.add(key);
    return [contact];
  });
}

function readContact(given: GivenContact, path: string, refuse: Refuse): ReadContact | undefined {
  const read = parseAddress(given.email);
  if (!read.ok) return refuse(`${path}email`, 'bad_address');
  const name = given.name === undefined ? read.address.name || undefined : oneLine(given.name ?? '');
  if ((name?.length ?? 0) > longestName) refuse(`${path}name`, 'too_long');
  if ((given.trackingHow?.length ?? 0) > longestHow) refuse(`${path}trackingHow`, 'too_long');
  const roles = given.roles === undefined ? undefined : [...new Set(given.roles ?? [])];
  roles?.forEach((role, index) => {
    if (!contactRoles.some((known) => known === role)) refuse(`${path}roles.${index}`, 'not_a_role');
  });
  const tracking = given.tracking ?? undefined;
  if (tracking !== undefined && !isConsent(tracking)) return refuse(`${path}tracking`, 'not_a_consent');
  return {
    email: read.address.address,
    name,
    roles: roles as readonly ContactRole[] | undefined,
    language: readOptional(given.language, (text) => readLanguage(text, `${path}language`, refuse)),
    mobile: readOptional(given.mobile, (text) => readMobile(text) ?? refuse(`${path}mobile`, 'not_a_mobile')),
    tracking,
    trackingHow: given.trackingHow,
  };
}

function readCopies(given: readonly string[], refuse: Refuse): string[] | undefined {
  if (given.length > mostCopies) return refuse('defaultCc', 'too_many');
  const found = new Map<string, string>();
  given.forEach((text, index) => {
    const read = parseAddress(text);
    if (read.ok) found.set(addressKey(read.address.address), read.address.address);
    else refuse(`defaultCc.${index}`, 'bad_address');
  });
  return [...found.values()];
}

function readOptional<Value>(
  text: string | null | undefined,
  read: (text: string) => Value | undefined,
): Value | null | undefined {
  if (text === undefined) return undefined;
  return text === null || text.trim() === '' ? null : read(text.trim());
}

function readCountry(text: string, refuse: Refuse): string | undefined {
  const code = text.toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? code : refuse('country', 'not_a_country'); // ISO 3166-1 alpha-2
}

function readLanguage(text: string, path: string, refuse: Refuse): Language | undefined {
  const primary = text.toLowerCase().split(/[-_]/)[0] ?? '';
  return isLanguage(primary) ? primary : refuse(path, 'not_a_language');
}

function isConsent(text: string): text is Consent {
  return text === 'unknown' || text === 'granted' || text === 'denied';
}

function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

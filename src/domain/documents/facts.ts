import { isLanguage, type Language } from '#base/language';
import type { DocumentFacts } from '#formats/einvoice';
import { addressKey, parseAddress } from '#mail/address';
import { isDecimal } from './decimal.ts';
import { documentKinds, type Facts } from './document.ts';

/** Facts as a program or a form gives them; null takes a fact away, what is absent stays. */
export interface GivenFacts {
  readonly kind?: string | null;
  readonly number?: string | null;
  readonly issueDate?: string | null;
  readonly dueDate?: string | null;
  readonly currency?: string | null;
  readonly total?: string | null;
  readonly amountDue?: string | null;
  readonly customer?: {
    readonly name?: string | null;
    readonly emails?: readonly string[] | null;
    readonly language?: string | null;
    readonly vatId?: string | null;
    readonly country?: string | null;
  } | null;
}

export type FactProblemReason =
  | 'required'
  | 'too_long'
  | 'not_a_kind'
  | 'not_a_date'
  | 'not_a_currency'
  | 'not_an_amount'
  | 'not_a_language'
  | 'not_a_country'
  | 'not_a_vat_id'
  | 'bad_address'
  | 'too_many';

/** A field that is wrong; `path` as in the contract's JSON (`customer.emails.0`). */
export interface FactProblem {
  readonly path: string;
  readonly reason: FactProblemReason;
}

export type FactsRead =
  | { readonly ok: true; readonly facts: Partial<Facts> }
  | { readonly ok: false; readonly problems: readonly FactProblem[] };

type Read<Value> = Value | null | { readonly wrong: FactProblemReason };

const longestNumber = 100;
const longestName = 200;
const mostAddresses = 20;

/** Reads facts from outside into their one form (trimmed, upper-case codes). Refuses with every field that is wrong. */
export function readGivenFacts(given: GivenFacts): FactsRead {
  const problems: FactProblem[] = [];
  const facts: { -readonly [Name in keyof Facts]?: Facts[Name] | null } = {};
  function take<Name extends keyof Facts>(
    name: Name,
    path: string,
    value: string | null | undefined,
    read: (text: string) => Read<Facts[Name]>,
  ): void {
    if (value === undefined) return;
    const text = (value ?? '').normalize('NFC').trim();
    const found = text === '' ? null : read(text);
    if (isWrong(found)) problems.push({ path, reason: found.wrong });
    else facts[name] = found;
  }
  take('kind', 'kind', given.kind ?? undefined, readKind);
  take('number', 'number', given.number, (text) => readText(text, longestNumber));
  take('issueDate', 'issueDate', given.issueDate, readDate);
  take('dueDate', 'dueDate', given.dueDate, readDate);
  take('currency', 'currency', given.currency, readCurrency);
  take('total', 'total', given.total, readAmount);
  take('amountDue', 'amountDue', given.amountDue, readAmount);
  const { customer } = given;
  take('buyerName', 'customer.name', customer?.name, (text) => readText(text, longestName));
  take('buyerVatId', 'customer.vatId', customer?.vatId, readVatId);
  take('buyerCountry', 'customer.country', customer?.country, readCountry);
  take('buyerLanguage', 'customer.language', customer?.language, readLanguage);
  if (customer?.emails !== undefined) {
    const read = readAddresses(customer.emails ?? [], 'customer.emails');
    facts.buyerEmails = read.addresses;
    problems.push(...read.problems);
  }
  if (facts.kind === null) problems.push({ path: 'kind', reason: 'required' });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, facts: facts as Partial<Facts> };
}

/** Facts as a file says them, in our form: what does not pass the rules for typed facts is left out. */
export function factsOfFile(read: Partial<DocumentFacts>): Partial<Facts> {
  const facts: { -readonly [Name in keyof Facts]?: Facts[Name] } = {};
  function keep<Name extends keyof Facts>(
    name: Name,
    value: string | null | undefined,
    reading: (text: string) => Read<Facts[Name]>,
  ): void {
    const found = value?.trim() ? reading(value.normalize('NFC').trim()) : null;
    if (found !== null && !isWrong(found)) facts[name] = found;
  }
  keep('kind', read.kind, readKind);
  keep('number', read.number, (text) => text.slice(0, longestNumber));
  keep('issueDate', read.issueDate, readDate);
  keep('dueDate', read.dueDate, readDate);
  keep('currency', read.currency, readCurrency);
  keep('total', read.total, readAmount);
  keep('amountDue', read.amountDue, readAmount);
  keep('sellerName', read.sellerName, (text) => text.slice(0, longestName));
  keep('buyerName', read.buyerName, (text) => text.slice(0, longestName));
  keep('buyerVatId', read.buyerVatId, readVatId);
  keep('buyerCountry', read.buyerCountry, readCountry);
  keep('buyerLanguage', read.buyerLanguage, readLanguage);
  // A person's address before the one for deliveries, behind which a program often reads.
  const emails = read.buyerEmails?.length ? read.buyerEmails : [read.buyerDeliveryEmail ?? ''];
  const { addresses } = readAddresses(emails.slice(0, mostAddresses), '');
  if (addresses.length > 0) facts.buyerEmails = addresses;
  return facts;
}

/** Reads bare addresses, each mailbox once; a name around an address is dropped. */
export function readAddresses(
  texts: readonly string[],
  path: string,
): { addresses: string[]; problems: FactProblem[] } {
  if (texts.length > mostAddresses) return { addresses: [], problems: [{ path, reason: 'too_many' }] };
  const found = new Map<string, string>();
  const problems: FactProblem[] = [];
  texts.forEach((text, index) => {
    const read = parseAddress(text);
    if (!read.ok) problems.push({ path: `${path}.${index}`, reason: 'bad_address' });
    else if (!found.has(addressKey(read.address.address)))
      found.set(addressKey(read.address.address), read.address.address);
  });
  return { addresses: [...found.values()], problems };
}

/** A day of the calendar as `YYYY-MM-DD`; 2026-02-30 is none. */
export function isDay(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** A VAT id without the blanks, dots and dashes that people write it with; null when it cannot be one. */
export function normaliseVatId(text: string): string | null {
  const bare = text.toUpperCase().replace(/[\s.,/_-]/gu, '');
  // Swiss ids are written with and without what tax they are for (MWSTG-CH art. 66): CHE123456789MWST.
  const id = /^CHE\d{9}(MWST|TVA|IVA)$/.test(bare) ? bare.slice(0, 12) : bare;
  return /^[A-Z0-9]{4,20}$/.test(id) ? id : null;
}

function isWrong(read: unknown): read is { readonly wrong: FactProblemReason } {
  return typeof read === 'object' && read !== null && 'wrong' in read;
}

function readText(text: string, longest: number): Read<string> {
  const clean = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return clean.length > longest ? { wrong: 'too_long' } : clean || null;
}

function readKind(text: string): Read<Facts['kind']> {
  return documentKinds.find((kind) => kind === text) ?? { wrong: 'not_a_kind' };
}

function readDate(text: string): Read<string> {
  return isDay(text) ? text : { wrong: 'not_a_date' };
}

function readCurrency(text: string): Read<string> {
  const code = text.toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : { wrong: 'not_a_currency' }; // ISO 4217
}

function readAmount(text: string): Read<string> {
  return isDecimal(text) ? text : { wrong: 'not_an_amount' };
}

function readLanguage(text: string): Read<Language> {
  const primary = text.toLowerCase().split(/[-_]/)[0] ?? '';
  return isLanguage(primary) ? primary : { wrong: 'not_a_language' };
}

function readCountry(text: string): Read<string> {
  const code = text.toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? code : { wrong: 'not_a_country' }; // ISO 3166-1 alpha-2
}

function readVatId(text: string): Read<string> {
  return normaliseVatId(text) ?? { wrong: 'not_a_vat_id' };
}

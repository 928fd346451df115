import { isLanguage, languages } from '#base/language';
import { type Company, type CompanyChange, companyProblems } from '#domain/accounts';
import { documentKinds } from '#domain/documents';
import { groupIban, normaliseIban } from '#formats/payslip';
import { parseAddressList } from '#mail/address';
import type { CompanyModel } from '../screens/settings-model.ts';
import type { PostedForm } from '../staff/read-form.ts';
import type { Refused } from '../staff/wording.ts';

type Values = CompanyModel['values'];

/** Fields of the form by the domain's names, where they differ. */
const companyFields: Readonly<Record<string, string>> = { trackingMode: 'tracking', trackingBasis: 'basis' };

/** What the form shows of a company as it is. */
export function companyValues(company: Company): Values {
  return {
    name: company.name,
    address: company.address,
    country: company.country,
    vatId: company.vatId ?? '',
    language: company.language,
    timeZone: company.timeZone,
    tracking: company.trackingMode,
    basis: company.trackingBasis,
    retentionDays: company.retentionDays,
    fiscalMonth: company.fiscalMonth,
    undoSeconds: company.undoSeconds,
    linkDays: company.linkDays,
    cc: company.defaultCc.join(', '),
    bcc: company.defaultBcc.join(', '),
    copyToSender: company.copyToSender,
    hideSender: company.hideSender,
    trackReplies: company.trackReplies,
    attach: company.attachDocuments === null ? 'auto' : company.attachDocuments ? 'yes' : 'no',
    brandColor: company.brandColor ?? '',
    letterFooter: company.letterFooter,
    iban: company.iban ? groupIban(company.iban) : '',
    bic: company.bic ?? '',
    accountHolder: company.accountHolder ?? '',
    paymentLink: company.paymentLink ?? '',
    quoteTerms: company.quoteTerms,
    decisionCodeAbove: company.decisionCodeAbove ?? '',
    fileNames: Object.fromEntries(
      Object.entries(company.fileNamePatterns).flatMap(([kind, patterns]) =>
        Object.entries(patterns).map(([language, pattern]) => [`${kind}.${language}`, pattern]),
      ),
    ),
  };
}

export interface ReadCompany {
  /** What was typed, to be shown again when something is refused. */
  readonly values: Values;
  readonly change: CompanyChange;
  readonly problems: readonly Refused[];
}

/** Reads the posted form; what cannot be read at all is a problem here, what is out of bounds is refused by the domain. */
export function readCompany(form: PostedForm, before: Company): ReadCompany {
  const values = readValues(form, companyValues(before));
  const cc = readAddresses(values.cc);
  const bcc = readAddresses(values.bcc);
  const numbers = (['retentionDays', 'fiscalMonth', 'undoSeconds', 'linkDays'] as const).filter(
    (name) => !Number.isInteger(values[name]),
  );
  const change: CompanyChange = {
    name: values.name,
    address: values.address,
    country: values.country,
    vatId: values.vatId || null,
    language: values.language,
    timeZone: values.timeZone,
    trackingMode: values.tracking,
    trackingBasis: values.basis,
    retentionDays: values.retentionDays,
    fiscalMonth: values.fiscalMonth,
    undoSeconds: values.undoSeconds,
    linkDays: values.linkDays,
    defaultCc: cc ?? [],
    defaultBcc: bcc ?? [],
    copyToSender: values.copyToSender,
    hideSender: values.hideSender,
    trackReplies: values.trackReplies,
    attachDocuments: values.attach === 'auto' ? null : values.attach === 'yes',
    brandColor: values.brandColor === '' ? null : values.brandColor.toLowerCase(),
    ...payingOf(values),
    fileNamePatterns: toPatterns(values.fileNames),
  };
  const problems: Refused[] = [
    ...(cc === null ? [{ path: 'cc', reason: 'bad_address' }] : []),
    ...(bcc === null ? [{ path: 'bcc', reason: 'bad_address' }] : []),
    ...numbers.map((path) => ({ path, reason: 'not_a_number' })),
  ];
  return { values, change, problems: [...problems, ...companyProblems(change).map(named)] };
}

/** Empty fields are none; an IBAN may be typed in groups, an amount with a comma. */
function payingOf(values: Values): CompanyChange {
  return {
    letterFooter: values.letterFooter,
    iban: normaliseIban(values.iban) || null,
    bic: values.bic.replace(/\s/g, '').toUpperCase() || null,
    accountHolder: values.accountHolder || null,
    paymentLink: values.paymentLink || null,
    quoteTerms: values.quoteTerms,
    decisionCodeAbove: values.decisionCodeAbove.replace(/\s/g, '').replace(',', '.') || null,
  };
}

function named({ path, reason }: Refused): Refused {
  return { path: companyFields[path] ?? path, reason };
}

/** The addresses of a field, null where one of them is none; an empty field has none. */
function readAddresses(text: string): string[] | null {
  if (text === '') return [];
  const { ok, addresses } = parseAddressList(text);
  return ok ? addresses.map(({ address }) => address) : null;
}

function readValues(form: PostedForm, before: Values): Values {
  const text = (name: string): string => form.text(name).trim();
  const number = (name: string): number => (/^\d{1,6}$/.test(text(name)) ? Number(text(name)) : Number.NaN);
  const language = text('language');
  return {
    name: text('name'),
    address: text('address'),
    country: text('country'),
    vatId: text('vatId'),
    language: isLanguage(language) ? language : before.language,
    timeZone: text('timeZone'),
    tracking: oneOf(['none', 'links', 'full'], text('tracking'), before.tracking),
    basis: oneOf(['consent', 'other'], text('basis'), before.basis),
    retentionDays: number('retentionDays'),
    fiscalMonth: form.has('fiscalMonth') ? number('fiscalMonth') : before.fiscalMonth,
    undoSeconds: number('undoSeconds'),
    linkDays: number('linkDays'),
    cc: text('cc'),
    bcc: text('bcc'),
    copyToSender: form.has('copyToSender'),
    hideSender: form.has('hideSender'),
    trackReplies: form.has('trackReplies'),
    attach: oneOf(['auto', 'yes', 'no'], text('attach'), before.attach),
    brandColor: text('brandColor'),
    letterFooter: text('letterFooter'),
    iban: text('iban'),
    bic: text('bic'),
    accountHolder: text('accountHolder'),
    paymentLink: text('paymentLink'),
    quoteTerms: text('quoteTerms'),
    decisionCodeAbove: text('decisionCodeAbove'),
    fileNames: Object.fromEntries(
      documentKinds.flatMap((kind) =>
        languages.map((one) => [`${kind}.${one}`, text(`fileName.${kind}.${one}`).slice(0, 200)]),
      ),
    ),
  };
}

function toPatterns(fileNames: Values['fileNames']): Company['fileNamePatterns'] {
  const patterns: Record<string, Record<string, string>> = {};
  for (const kind of documentKinds)
    for (const language of languages) {
      const pattern = fileNames[`${kind}.${language}`];
      if (pattern) patterns[kind] = { ...patterns[kind], [language]: pattern };
    }
  return patterns;
}

function oneOf<Choice extends string>(choices: readonly Choice[], text: string, otherwise: Choice): Choice {
  return choices.find((choice) => choice === text) ?? otherwise;
}

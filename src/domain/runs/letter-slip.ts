import { type Language, makeFormat } from '#base/language';
import type { Company } from '#domain/accounts';
import type { Document } from '#domain/documents';
import { epcCode, groupIban, swissBill, swissBillData } from '#formats/payslip';
import type { PaymentSlip } from '#formats/pdf';
import { textsOf } from './texts.ts';

interface SlipOf {
  readonly company: Company;
  readonly documents: readonly Document[];
  readonly language: Language;
}

export function numbersOf(documents: readonly Document[]): string[] {
  return documents.flatMap((one) => one.number ?? []);
}

/**
 * The payment slip of a letter for all that it lists: a Swiss QR-bill where the account allows it, else the account, with the code for
 * banking apps where it is in euro. Null where the company names no account, or nothing is to be paid.
 */
export function slipOf(
  { company, documents, language }: SlipOf,
  { amount, currency }: { readonly amount: string | null; readonly currency: string },
): PaymentSlip | null {
  const { iban, bic } = company;
  if (!iban || amount === null || currency === '') return null;
  const name = company.accountHolder ?? company.name;
  const message = numbersOf(documents).join(', ');
  const { address, country } = company;
  const swiss = { name, address, country, iban, amount, currency, message, language };
  const bill = swissBill(swiss) === null ? null : swissBillData(swiss);
  if (bill) return { kind: 'swiss', bill };
  const t = textsOf(language);
  const format = makeFormat({ language, country, zone: company.timeZone, now: new Date(0) });
  const code = currency === 'EUR' ? epcCode({ name, iban, bic, amount, remittance: message }) : null;
  return {
    kind: 'account',
    title: t('slipTitle'),
    rows: [
      [t('slipAmount'), format.moneyText(amount, currency)],
      ['IBAN', groupIban(iban)],
      ...(bic ? ([['BIC', bic]] as const) : []),
      [t('slipHolder'), name],
      [t('slipMessage'), message],
    ],
    code: code ? { squares: code.modules, caption: t('slipScan') } : null,
  };
}

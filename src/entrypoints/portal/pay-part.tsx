import type { Company } from '#domain/accounts';
import { amountToPay, type Document } from '#domain/documents';
import { epcCode, groupIban, paymentLink, swissBill } from '#formats/payslip';
import { Icon } from './icon.tsx';
import { documentName, type Speaker } from './speaker.ts';

/** Documents that ask for money. */
export const payable: ReadonlySet<string> = new Set(['invoice', 'proforma', 'statement']);

/** What is to be paid of a document just now, and how; null where nothing is, or the company says no way. */
export function paymentOf(say: Pick<Speaker, 't' | 'company'>, document: Document) {
  const { company, t } = say;
  const amount =
    payable.has(document.kind) && !document.canceledAt && !document.replacedBy ? amountToPay(document) : null;
  const { currency, number, buyerName } = document;
  if (amount === null || currency === null) return null;
  const facts = { number, amount, currency, customer: buyerName };
  const link = company.paymentLink ? paymentLink(company.paymentLink, facts) : null;
  if (!link && !company.iban) return null;
  return { amount, currency, link, message: number ?? documentName(t, document) };
}

/** The drawing of a payment code: `epc` for SEPA, `swiss` for the QR-bill; null where it cannot be had. */
export function paymentCode(
  say: Pick<Speaker, 't' | 'company'>,
  document: Document,
  form: 'epc' | 'swiss',
): string | null {
  const payment = paymentOf(say, document);
  const { company, t } = say;
  const { iban } = company;
  if (!payment || !iban) return null;
  const { amount, currency, message } = payment;
  const name = holderOf(company);
  if (form === 'epc')
    return currency === 'EUR'
      ? (epcCode({ name, iban, bic: company.bic, amount, remittance: message })?.svg ?? null)
      : null;
  return swissBill({
    name,
    address: company.address,
    country: company.country,
    iban,
    amount,
    currency,
    message,
    language: t.language,
  });
}

/** The online payment as the one filled button. */
export function PayOnline({ say, document }: { say: Speaker; document: Document }) {
  const link = paymentOf(say, document)?.link;
  return link ? (
    <a class="btn primary" href={link} rel="noopener noreferrer">
      {say.t('pay.online')}
    </a>
  ) : null;
}

/** The bank's numbers first, because a phone cannot scan itself; then the code. */
export function Pay({ say, document }: { say: Speaker; document: Document }) {
  const { t, format, company, pageUrl } = say;
  const payment = paymentOf(say, document);
  if (!payment || !company.iban) return null;
  const rows: readonly (readonly [string, string, string])[] = [
    [t('pay.amount'), format.moneyText(payment.amount, payment.currency), payment.amount],
    [t('pay.iban'), groupIban(company.iban), company.iban],
    ...(company.bic ? [[t('pay.bic'), company.bic, company.bic] as const] : []),
    [t('pay.name'), holderOf(company), holderOf(company)],
    [t('pay.message'), payment.message, payment.message],
  ];
  const swiss = paymentCode(say, document, 'swiss') !== null;
  const epc = !swiss && paymentCode(say, document, 'epc') !== null;
  const url = `${pageUrl}/pay/${document.id}`;
  return (
    <section class="pay">
      <h2>{t('pay.title')}</h2>
      <dl>
        {rows.map(([label, shown, exact]) => (
          <div>
            <dt>{label}</dt>
            <dd>
              <span class="exact">{shown}</span>
              <button type="button" class="copy" data-copy={exact} data-done={t('pay.copied')} hidden>
                <Icon name="copy" /> {t('pay.copy')}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      {epc ? (
        <figure class="scan">
          <img
            src={`${url}.epc.svg?lang=${t.language}`}
            alt={t('pay.epc_alt')}
            width="168"
            height="168"
            loading="lazy"
          />
          <figcaption>{t('pay.epc')}</figcaption>
        </figure>
      ) : null}
      {swiss ? (
        <img
          class="slip"
          src={`${url}.swiss.svg?lang=${t.language}`}
          alt={t('pay.swiss_alt')}
          width="794"
          height="397"
          loading="lazy"
        />
      ) : null}
    </section>
  );
}

function holderOf(company: Company): string {
  return company.accountHolder ?? company.name;
}

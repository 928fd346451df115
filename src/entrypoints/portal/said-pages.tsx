import type { Company } from '#domain/accounts';
import { amountToPay, type Document } from '#domain/documents';
import { fitsZip } from './pack-files.ts';
import { renderPage } from './page-frame.tsx';
import { documentName, type Speaker } from './speaker.ts';
import type { Wording } from './wording.ts';

type Of = {
  readonly t: Wording;
  readonly company: Pick<Company, 'name' | 'brandColor'>;
  readonly path: string;
};

export const thanked = [
  'replied',
  'payment_declared',
  'disputed',
  'misdirected',
  'forwarded',
  'accepted',
  'refused',
] as const;
export type Thanked = (typeof thanked)[number];

export type Refused =
  | 'not_open'
  | 'incomplete'
  | 'too_often'
  | 'decided'
  | 'address_invalid'
  | 'cookies'
  | 'staff'
  | 'no_open';

/** What has become of an answer. */
export function renderThanks(
  { t, company, path }: Omit<Of, 'company'> & { readonly company: Of['company'] | null },
  what: Thanked,
) {
  return renderPage({
    t,
    path,
    company,
    title: t('thanks.title'),
    children: (
      <section class="say">
        <h1>{t('thanks.title')}</h1>
        <p role="status">{t(`thanks.${what}`, { company: company?.name ?? '' })}</p>
        {what === 'misdirected' ? null : (
          <p>
            <a href={`${path}?lang=${t.language}`}>{t('back')}</a>
          </p>
        )}
      </section>
    ),
  });
}

/** Why there is no ZIP of the documents, and the way to each of them. */
export function renderTooLarge({ t, company, path }: Of) {
  return renderPage({
    t,
    path,
    company,
    title: t('zip.all'),
    children: (
      <section class="say">
        <h1>{t('zip.all')}</h1>
        <p role="alert">{t('zip.tooLarge')}</p>
        <p>
          <a href={`${path}?lang=${t.language}`}>{t('back')}</a>
        </p>
      </section>
    ),
  });
}

/** Why an answer was not taken, and the way on. */
export function renderRefused({ t, company, path }: Of, why: Refused) {
  return renderPage({
    t,
    path,
    company,
    title: t('refused.title'),
    children: (
      <section class="say">
        <h1>{t('refused.title')}</h1>
        <p role="alert">{t(`refused.${why}`, { company: company.name })}</p>
        <p>
          <a href={`${path}?lang=${t.language}`}>{t('back')}</a>
        </p>
      </section>
    ),
  });
}

/** Asks for the code that was mailed; `fields` go along, so that nothing has to be typed twice. */
export function renderCodeForm(
  { t, company, path }: Of,
  form: {
    readonly action: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly wrong: boolean;
  },
) {
  return renderPage({
    t,
    path,
    company,
    title: t('code.title'),
    children: (
      <section class="say">
        <h1>{t('code.title')}</h1>
        {form.wrong ? <p role="alert">{t('code.wrong')}</p> : <p role="status">{t('code.text')}</p>}
        <form class="answer" method="post" action={`${form.action}?lang=${t.language}`}>
          {Object.entries(form.fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <p>
            <label for="code">{t('code.label')}</label>
            <input
              id="code"
              name="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              required
              maxlength={20}
              class="code"
            />
          </p>
          <button type="submit" class="primary">
            {t('code.go')}
          </button>
        </form>
        <p>
          <a href={`${path}?lang=${t.language}`}>{t('back')}</a>
        </p>
      </section>
    ),
  });
}

/** Before the list of open documents: what happens, and the button that mails the code. */
export function renderOpenAsk({ t, company, path }: Of) {
  const title = t('open.title', { company: company.name });
  return renderPage({
    t,
    path: `${path}/open`,
    company,
    title,
    children: (
      <section class="say">
        <h1>{title}</h1>
        <p>{t('open.text')}</p>
        <form method="post" action={`${path}/open/code?lang=${t.language}`}>
          <button type="submit" class="primary">
            {t('open.ask')}
          </button>
        </form>
        <p>
          <a href={`${path}?lang=${t.language}`}>{t('back')}</a>
        </p>
      </section>
    ),
  });
}

/** Everything that is still to be paid, each with its PDF, and all of it in one file. */
export function renderOpenList(say: Speaker, path: string, documents: readonly Document[]) {
  const { t, company } = say;
  const title = t('open.title', { company: company.name });
  return renderPage({
    t,
    path: `${path}/open`,
    company,
    title,
    children: (
      <section class="say">
        <h1>{title}</h1>
        {documents.length === 0 ? <p role="status">{t('open.none')}</p> : null}
        <ul class="also">
          {documents.map((document) => (
            <OpenLine say={say} document={document} url={`${path}/open/file/${document.id}.pdf`} />
          ))}
        </ul>
        {documents.length > 1 && !fitsZip(documents) ? <p>{t('zip.tooLarge')}</p> : null}
        {documents.length > 1 && fitsZip(documents) ? (
          <p class="acts">
            <a class="btn primary" href={`${path}/open/all.zip`} download>
              {t('zip.all')}
            </a>
          </p>
        ) : null}
        <p>
          <a href={`${path}?lang=${t.language}`}>{t('back')}</a>
        </p>
      </section>
    ),
  });
}

function OpenLine({ say, document, url }: { say: Speaker; document: Document; url: string }) {
  const { t, format } = say;
  const amount = amountToPay(document) ?? document.amountDue ?? document.total;
  return (
    <li>
      <a href={url} download>
        <span>
          {documentName(t, document)}
          {document.dueDate ? (
            <>
              <br />
              <small>{t('sum.due', { date: format.longDate(document.dueDate) })}</small>
            </>
          ) : null}
        </span>
        {amount && document.currency ? <small>{format.moneyText(amount, document.currency)}</small> : null}
      </a>
    </li>
  );
}

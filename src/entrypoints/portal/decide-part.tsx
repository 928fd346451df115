import type { Document } from '#domain/documents';
import { type CustomerResponse, isPast, needsCode } from '#domain/responses';
import type { Speaker } from './speaker.ts';

type Props = {
  readonly say: Speaker;
  readonly document: Document;
  readonly responses: readonly CustomerResponse[];
  readonly now: Date;
};

/** Where the answer to a quote stands on the page. */
export function answerAnchor(documentId: string): string {
  return `answer-${documentId}`;
}

/** A quote that is good and has no answer yet. */
export function isUndecided(
  { company }: Pick<Speaker, 'company'>,
  document: Document,
  responses: readonly CustomerResponse[],
  now: Date,
): boolean {
  const isDecided = responses.some((one) => one.kind === 'accepted' || one.kind === 'refused');
  return document.kind === 'quote' && !isDecided && !isPast(document.dueDate, company.timeZone, now);
}

/** A quote's answer: given already, too late, or the form; a name is typed, the terms stand beside the button. */
export function Decide({ say, document, responses, now }: Props) {
  const { t, format, company } = say;
  if (document.kind !== 'quote') return null;
  const decision = responses.find((one) => one.kind === 'accepted' || one.kind === 'refused');
  if (decision) {
    const words = { name: decision.name, date: format.longDate(decision.at) };
    return (
      <section id={answerAnchor(document.id)}>
        <h2>{t('decide.title')}</h2>
        <p class={decision.kind === 'accepted' ? 'when done' : 'when'}>
          {t(decision.kind === 'accepted' ? 'decide.accepted' : 'decide.refused', words)}
        </p>
      </section>
    );
  }
  return (
    <section id={answerAnchor(document.id)}>
      <h2>{t('decide.title')}</h2>
      {isPast(document.dueDate, company.timeZone, now) ? (
        <p>{t('decide.expired', { company: company.name })}</p>
      ) : (
        <DecideForm say={say} document={document} />
      )}
    </section>
  );
}

function DecideForm({ say, document }: { say: Speaker; document: Document }) {
  const { t, format, company, pageUrl } = say;
  const { total, currency, buyerName } = document;
  const amount = total && currency ? format.moneyText(total, currency) : null;
  const id = document.id;
  return (
    <form class="answer" method="post" action={`${pageUrl}/decide?lang=${t.language}`}>
      <input type="hidden" name="document" value={id} />
      <p>
        <label for={`name-${id}`}>{t('decide.name')}</label>
        <input id={`name-${id}`} name="name" autocomplete="name" required maxlength={120} />
      </p>
      <p>
        <label for={`remark-${id}`}>{t('decide.remark')}</label>
        <textarea id={`remark-${id}`} name="remark" rows={2} maxlength={1000} />
      </p>
      {company.quoteTerms ? (
        <details>
          <summary>{t('decide.terms')}</summary>
          <p class="terms">{company.quoteTerms}</p>
        </details>
      ) : null}
      <label class="tick">
        <input type="checkbox" name="may" value="yes" required />{' '}
        {buyerName ? t('decide.may', { buyer: buyerName }) : t('decide.may_self')}
      </label>
      <button type="submit" class="primary" name="kind" value="accepted">
        {amount ? t('decide.accept', { amount }) : t('decide.accept_plain')}
      </button>
      <button type="submit" name="kind" value="refused" formnovalidate>
        {t('decide.refuse')}
      </button>
      <p class="under">
        {t('decide.kept')} {needsCode({ company, document }) ? t('decide.code') : ''}
      </p>
    </form>
  );
}

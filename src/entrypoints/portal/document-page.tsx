import { makeFormat } from '#base/language';
import { dayIn } from '#base/time';
import { paidState } from '#domain/documents';
import type { TrackingMode } from '#domain/tracking';
import { Answers } from './answer-part.tsx';
import { assets } from './asset-files.ts';
import { answerAnchor, Decide, isUndecided } from './decide-part.tsx';
import { DocumentPages } from './document-pages.tsx';
import { Icon } from './icon.tsx';
import { fitsZip } from './pack-files.ts';
import { renderPage } from './page-frame.tsx';
import { Pay, PayOnline, paymentOf } from './pay-part.tsx';
import type { PageContent, ShownDocument } from './read-page.ts';
import { anchorOf, documentName, type Speaker } from './speaker.ts';
import type { Wording } from './wording.ts';

export interface DocumentPageUrls {
  /** `/d/<token>`: everything of the page lies below it. */
  readonly page: string;
  readonly recorded: string;
}

/** The customer's page: what it is, how much, when, and the documents themselves; works without a script. */
export function renderDocumentPage(
  content: Omit<PageContent, 'link'>,
  t: Wording,
  urls: DocumentPageUrls,
  now: Date,
  visit: { readonly followed: TrackingMode; readonly mayAnswer: boolean },
) {
  const { company, documents, responses } = content;
  const format = makeFormat({ language: t.language, country: company.country, zone: company.timeZone, now });
  const say: Speaker = { t, format, company, pageUrl: urls.page };
  const pageCounts = documents.map(({ images }) => images.length);
  return renderPage({
    t,
    company,
    title: documents.map(({ document }) => documentName(t, document)).join(', '),
    path: urls.page,
    logoUrl: company.logo ? `${urls.page}/logo.png` : undefined,
    seenUrl: visit.followed === 'none' ? undefined : `${urls.page}/seen`,
    isTimed: visit.followed === 'full',
    script: documents.some(({ document }) => paymentOf(say, document) !== null) ? assets.copy : undefined,
    footer: <Foot say={say} recordedUrl={urls.recorded} />,
    children: documents.map((shown, at) => (
      <One
        say={say}
        shown={shown}
        at={at}
        before={pageCounts.slice(0, at).reduce((sum, count) => sum + count, 0)}
        others={documents.slice(1)}
        responses={responses.filter((one) => one.documentId === shown.document.id)}
        mayAnswer={visit.mayAnswer}
        now={now}
      />
    )),
  });
}

/** One document with its pages, how it is paid, and what may be said of it. */
function One(props: {
  readonly say: Speaker;
  readonly shown: ShownDocument;
  readonly at: number;
  /** How many pages stand above. */
  readonly before: number;
  readonly others: readonly ShownDocument[];
  readonly responses: PageContent['responses'];
  readonly mayAnswer: boolean;
  readonly now: Date;
}) {
  const { say, shown, at, responses, now } = props;
  const { document } = shown;
  const isFirst = at === 0;
  const isAnswered = props.mayAnswer && isLive(document);
  return (
    <article class="document" id={anchorOf(document.id)}>
      <Sum
        say={say}
        shown={shown}
        isFirst={isFirst}
        mayDecide={isAnswered && isUndecided(say, document, responses, now)}
      />
      <DocumentPages say={say} shown={shown} isFirst={isFirst} before={props.before} />
      <div class="stack">
        <Pay say={say} document={document} />
        {isAnswered ? (
          <>
            <Decide say={say} document={document} responses={responses} now={now} />
            <Answers
              say={say}
              document={document}
              responses={responses}
              today={dayIn(say.company.timeZone, now)}
            />
          </>
        ) : null}
        {isFirst ? (
          <More say={say} first={document} others={props.others} mayAnswer={props.mayAnswer} />
        ) : null}
      </div>
    </article>
  );
}

/** A document that was replaced or canceled is shown and not answered. */
function isLive(document: ShownDocument['document']): boolean {
  return document.replacedBy === null && document.canceledAt === null;
}

function Sum(props: { say: Speaker; shown: ShownDocument; isFirst: boolean; mayDecide: boolean }) {
  const { say, shown, isFirst } = props;
  const { t, format, company } = say;
  const { document } = shown;
  const name = documentName(t, document);
  const what = document.buyerName ? t('sum.for', { document: name, buyer: document.buyerName }) : name;
  const due = document.amountDue ?? document.total;
  const Title = isFirst ? 'h1' : 'h2';
  const money = due && document.currency ? format.money(due, document.currency) : null;
  const isPart =
    document.amountDue && document.total && document.currency && document.amountDue !== document.total;
  return (
    <section class="sum">
      <Title class={money ? 'what' : 'what alone'}>{what}</Title>
      {money ? (
        <p class="amount">
          {money.amount} <small>{money.currency}</small>
        </p>
      ) : null}
      {isPart ? (
        <p class="when">
          {t('sum.of', { total: format.moneyText(String(document.total), String(document.currency)) })}
        </p>
      ) : null}
      <When say={say} document={document} />
      {document.canceledAt ? <p class="note">{t('note.canceled', { company: company.name })}</p> : null}
      {document.replacedBy ? <p class="note">{t('note.replaced', { company: company.name })}</p> : null}
      <Files say={say} document={document} isFirst={isFirst} mayDecide={props.mayDecide} />
    </section>
  );
}

function When({ say: { t, format }, document }: { say: Speaker; document: ShownDocument['document'] }) {
  const paid = paidState(document);
  const { paidOn, paidAmount, currency, dueDate, issueDate } = document;
  if (paid === 'paid' && paidOn)
    return <p class="when done">{t('sum.paid', { date: format.longDate(paidOn) })}</p>;
  const when = dueDate
    ? t(document.kind === 'quote' ? 'sum.valid' : 'sum.due', { date: format.longDate(dueDate) })
    : issueDate
      ? t('sum.dated', { date: format.longDate(issueDate) })
      : null;
  const partly =
    paid === 'partly' && paidAmount && currency
      ? t('sum.partly', { amount: format.moneyText(paidAmount, currency) })
      : null;
  return <p class="when">{[when, partly].filter((part) => part !== null).join(' · ')}</p>;
}

function Files(props: {
  say: Speaker;
  document: ShownDocument['document'];
  isFirst: boolean;
  mayDecide: boolean;
}) {
  const { say, document, isFirst, mayDecide } = props;
  const { t, format, pageUrl } = say;
  const url = `${pageUrl}/file/${document.id}`;
  const hasOtherDeed = mayDecide || Boolean(paymentOf(say, document)?.link);
  const hints = [
    t('file.pdf_hint', { size: format.bytes(document.pdfBytes) }),
    document.xmlBytes === null ? null : t('file.xml_hint', { size: format.bytes(document.xmlBytes) }),
    isEmbedded(document) ? t('import.embedded') : null,
  ];
  return (
    <>
      <div class="acts">
        <PayOnline say={say} document={document} />
        {mayDecide ? (
          <a class="btn primary" href={`#${answerAnchor(document.id)}`}>
            {t('decide.jump')}
          </a>
        ) : null}
        <a class={isFirst && !hasOtherDeed ? 'btn primary' : 'btn'} href={`${url}.pdf`} download>
          <Icon name="save" /> {t('file.pdf')}
        </a>
        {document.xmlSha256 ? (
          <a class="btn" href={`${url}.xml`} download>
            <Icon name="file" /> {t('import.xml')}
          </a>
        ) : null}
      </div>
      <p class="under">{hints.filter((hint) => hint !== null).join(' · ')}</p>
    </>
  );
}

/** The PDF itself carries the invoice's data. */
function isEmbedded({ format, xmlSha256 }: ShownDocument['document']): boolean {
  return xmlSha256 !== null && (format === 'factur-x' || format === 'zugferd');
}

function More(props: {
  say: Speaker;
  first: ShownDocument['document'];
  others: readonly ShownDocument[];
  mayAnswer: boolean;
}) {
  const { say, others, mayAnswer } = props;
  const all = [props.first, ...others.map((one) => one.document)];
  const { t, format, company, pageUrl } = say;
  return (
    <>
      {others.length > 0 ? (
        <section>
          <h2>{t('also.title')}</h2>
          <ul class="also">
            {others.map(({ document }) => (
              <li>
                <a href={`#${anchorOf(document.id)}`}>
                  <span>{documentName(t, document)}</span>
                  {document.total && document.currency ? (
                    <small>{format.moneyText(document.total, document.currency)}</small>
                  ) : null}
                </a>
              </li>
            ))}
          </ul>
          {fitsZip(all) ? (
            <p class="acts">
              <a class="btn" href={`${pageUrl}/all.zip`} download>
                <Icon name="save" /> {t('zip.all')}
              </a>
            </p>
          ) : (
            <p>{t('zip.tooLarge')}</p>
          )}
        </section>
      ) : null}
      {mayAnswer ? (
        <p>
          <a href={`${pageUrl}/open?lang=${t.language}`}>{t('open.link')}</a>
        </p>
      ) : (
        <section>
          <h2>{t('ask.title')}</h2>
          <p>{t('ask.text', { company: company.name })}</p>
        </section>
      )}
    </>
  );
}

function Foot({ say: { t, company }, recordedUrl }: { say: Speaker; recordedUrl: string }) {
  const address = company.address.split(/\s*\n\s*/).filter((line) => line !== '');
  return (
    <>
      <span>{[company.name, ...address].join(', ')}</span>
      <a href={recordedUrl}>{t('foot.recorded')}</a>
    </>
  );
}

import { makeFormat } from '#base/language';
import { dayIn } from '#base/time';
import type { TrackingMode } from '#domain/tracking';
import { Answers } from './answer-part.tsx';
import { assets } from './asset-files.ts';
import { Decide, isUndecided } from './decide-part.tsx';
import { DocumentPages } from './document-pages.tsx';
import { Icon } from './icon.tsx';
import { fitsZip } from './pack-files.ts';
import { renderPage } from './page-frame.tsx';
import { Pay, paymentOf } from './pay-part.tsx';
import type { PageContent, ShownDocument } from './read-page.ts';
import { anchorOf, documentName, type Speaker } from './speaker.ts';
import { Sum } from './sum-part.tsx';
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

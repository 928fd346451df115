import { makeFormat } from '#base/language';
import type { Company } from '#domain/accounts';
import type { Link, RecordedHit } from '#domain/tracking';
import { renderPage } from './page-frame.tsx';
import type { Wording } from './wording.ts';

/** The page of every link that does not open, whoever's it was or was not; it offers a new one. */
export function renderClosedPage(t: Wording, path: string) {
  return renderPage({
    t,
    path,
    company: null,
    title: t('closed.title'),
    children: (
      <section class="say">
        <h1>{t('closed.title')}</h1>
        <p>{t('closed.text')}</p>
        <form method="post" action={`${path}/renew?lang=${t.language}`}>
          <button type="submit" class="primary">
            {t('closed.button')}
          </button>
        </form>
      </section>
    ),
  });
}

/** The answer to whoever asked for a new link: the same, whether there is one. */
export function renderSaid(t: Wording, path: string, what: 'sent' | 'many' | 'error') {
  return renderPage({
    t,
    path,
    company: null,
    title: t(`${what}.title`),
    children: (
      <section class="say">
        <h1>{t(`${what}.title`)}</h1>
        <p role="status">{t(`${what}.text`)}</p>
      </section>
    ),
  });
}

/** What the visitor has just asked for; `erased`: it was done at once. */
export type Asked = 'erasure' | 'erased' | 'export';

/** What is recorded, in plain words, and the button that stops it. */
export function renderRecordedPage(
  t: Wording,
  path: string,
  of: {
    company: Company;
    link: Link;
    pageUrl: string;
    hits: readonly RecordedHit[];
    asked: Asked | null;
    now: Date;
  },
) {
  const { company, link, pageUrl } = of;
  const isFollowed = link.mode !== 'none' && link.counted;
  return renderPage({
    t,
    path,
    company,
    title: t('recorded.title'),
    children: (
      <section class="say">
        <h1>{t('recorded.title')}</h1>
        {isFollowed ? <Recorded t={t} company={company} mode={link.mode} path={path} /> : null}
        {isFollowed ? null : <p role="status">{t(link.counted ? 'stop.done' : 'recorded.nothing')}</p>}
        <Kept t={t} path={path} of={of} />
        <p>
          <a href={pageUrl}>{t('stop.back')}</a>
        </p>
      </section>
    ),
  });
}

const mostShown = 50;

/** The visits that are kept, in full; how to have them, and how to have them erased. */
function Kept(props: {
  t: Wording;
  path: string;
  of: { company: Company; hits: readonly RecordedHit[]; asked: Asked | null; now: Date };
}) {
  const { t, path, of } = props;
  const { company, hits, now } = of;
  const format = makeFormat({ language: t.language, country: company.country, zone: company.timeZone, now });
  const shown = hits.filter((hit) => hit.actor !== 'staff').slice(-mostShown);
  return (
    <>
      <h2>{t('kept.title')}</h2>
      {shown.length === 0 ? <p>{t('kept.none')}</p> : null}
      <ul>
        {shown.map((hit) => (
          <li>
            {[format.dateTime(hit.at), t(`kept.${hit.signal}`), hit.agent, hit.network]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
      <p>
        <a href={`${path}/record.json`} download>
          {t('kept.export')}
        </a>
      </p>
      {of.asked ? <p role="status">{t(`kept.asked.${of.asked}`, { company: company.name })}</p> : null}
      {of.asked === 'export' ? null : (
        <form method="post" action={`${path}/export?lang=${t.language}`}>
          <button type="submit">{t('kept.askAll')}</button>
        </form>
      )}
      {of.asked === 'erasure' || of.asked === 'erased' ? null : (
        <form method="post" action={`${path}/erase?lang=${t.language}`}>
          <button type="submit">{t('kept.erase')}</button>
        </form>
      )}
    </>
  );
}

function Recorded(props: { t: Wording; company: Company; mode: Link['mode']; path: string }) {
  const { t, company, mode, path } = props;
  return (
    <>
      <p>{t('recorded.intro', { company: company.name })}</p>
      <ul>
        {mode === 'full' ? <li>{t('recorded.image')}</li> : null}
        <li>{t('recorded.page')}</li>
        {mode === 'full' ? <li>{t('recorded.times')}</li> : null}
        <li>{t('recorded.file')}</li>
        <li>{t('recorded.network')}</li>
      </ul>
      <p>{t('recorded.kept', { days: company.retentionDays })}</p>
      <form method="post" action={`${path}?lang=${t.language}`}>
        <button type="submit" class="primary">
          {t('stop.button')}
        </button>
      </form>
      <p>{t('stop.text')}</p>
    </>
  );
}

import type { Company } from '#domain/accounts';
import type { Link } from '#domain/tracking';
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

/** What is recorded, in plain words, and the button that stops it. */
export function renderRecordedPage(
  t: Wording,
  path: string,
  of: { company: Company; link: Link; pageUrl: string },
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
        <p>
          <a href={pageUrl}>{t('stop.back')}</a>
        </p>
      </section>
    ),
  });
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

import { languageName } from '#base/language';
import { EmptyPlace, Layout, LinkButton, Note, PageHead, paths, type View } from '../kit/index.ts';

export type FrozenPageModel = {
  readonly message: string;
  readonly who: string;
  /** The version that is shown; null where none is kept. */
  readonly chosen: string | null;
  /** Oldest first. */
  readonly versions: readonly {
    readonly id: string;
    readonly at: Date;
    readonly language: string;
    readonly wasServed: boolean;
    /** Somebody fetched it who counts as a person; a scanner or another program is none. */
    readonly wasSeen: boolean;
    readonly sha256: string;
  }[];
};

type Props = { readonly view: View; readonly model: FrozenPageModel };

/** The customer's page exactly as it was, with a banner that says so. */
export function FrozenPageScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  const chosen = model.versions.find(({ id }) => id === model.chosen);
  const title = t(chosen?.wasSeen ? 'frozen.title' : 'frozen.titleFor', { who: model.who });
  return (
    <Layout view={view} title={title}>
      <PageHead
        title={title}
        crumbs={[{ href: paths.message(model.message), text: t('message.title', { who: model.who }) }]}
      />
      {chosen ? (
        <>
          <Note state="waiting">
            {t(chosen.wasServed ? 'frozen.served' : 'frozen.left', {
              at: view.format.dateTime(chosen.at),
              language: languageName(chosen.language as View['language'], view.language),
            })}{' '}
            {t('frozen.uncounted')} <small class="mono">SHA-256 {chosen.sha256.slice(0, 16)}…</small>
          </Note>
          {model.versions.length > 1 ? <Versions {...props} /> : null}
          <iframe
            class="frame frozen"
            src={paths.frozenPage(model.message, chosen.id)}
            sandbox="allow-same-origin allow-downloads"
            title={title}
          />
        </>
      ) : (
        <EmptyPlace
          now={t('frozen.none')}
          later={t('frozen.later')}
          actions={<LinkButton href={paths.message(model.message)}>{t('frozen.back')}</LinkButton>}
        />
      )}
    </Layout>
  );
}

function Versions({ view, model }: Props) {
  const { t } = view;
  return (
    <nav class="filters" aria-label={t('frozen.versions')}>
      {model.versions.map((version) => (
        <a
          class="chip"
          href={`${paths.frozenPages(model.message)}?version=${version.id}`}
          aria-current={version.id === model.chosen ? 'true' : undefined}
        >
          {t(version.wasServed ? 'frozen.version.served' : 'frozen.version.left', {
            at: view.format.dateTime(version.at),
          })}
        </a>
      ))}
    </nav>
  );
}

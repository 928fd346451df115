import { Icon, PostButton, paths, Section, type View, When } from '../kit/index.ts';

export type SessionsModel = {
  readonly sessions: readonly {
    readonly id: string;
    /** Browser and system in words; null: the browser did not say. */
    readonly browser: string | null;
    readonly network: string | null;
    readonly companyName: string;
    readonly since: Date;
    readonly lastSeenAt: Date;
    /** The one that the page is read in. */
    readonly isHere: boolean;
  }[];
};

/** Where a person is signed in, and how to end what he does not know. */
export function Sessions(props: { readonly view: View; readonly model: SessionsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section title={t('sessions.title')} id="sessions">
      <p class="muted">{t('sessions.why')}</p>
      <ul class="records">
        {model.sessions.map((session) => (
          <li data-state={session.isHere ? 'opened' : 'sent'}>
            <Icon name="people" />
            <div>
              <h3>{session.browser ?? t('sessions.unknown')}</h3>
              <small>
                {[session.network, session.companyName].filter(Boolean).join(' · ')}
                {' · '}
                {t('sessions.since')} <When view={view} at={session.since} form="dateTime" />
              </small>
            </div>
            <span class="verdict">
              {session.isHere ? t('sessions.here') : <When view={view} at={session.lastSeenAt} />}
            </span>
            {session.isHere ? null : (
              <div class="body">
                <p class="actions">
                  <PostButton quiet action={paths.settingsSession(session.id)}>
                    {t('sessions.end')}
                  </PostButton>
                </p>
              </div>
            )}
          </li>
        ))}
      </ul>
      {model.sessions.length > 1 ? (
        <p class="actions">
          <PostButton action={paths.settingsSessions}>{t('sessions.endOthers')}</PostButton>
        </p>
      ) : null}
    </Section>
  );
}

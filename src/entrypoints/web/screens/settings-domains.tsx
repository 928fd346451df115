import {
  Button,
  EmptyPlace,
  Field,
  Form,
  Icon,
  Note,
  paths,
  Section,
  type View,
  When,
} from '../kit/index.ts';
import type { DomainState, DomainsModel } from './domain-model.ts';
import { SettingsFrame } from './settings.tsx';

export const domainLooks: Readonly<
  Record<
    DomainState,
    { readonly state: 'opened' | 'unconfirmed' | 'failed'; readonly icon: 'tick' | 'warn' | 'cross' }
  >
> = {
  valid: { state: 'opened', icon: 'tick' },
  pending: { state: 'unconfirmed', icon: 'warn' },
  warning: { state: 'unconfirmed', icon: 'warn' },
  broken: { state: 'failed', icon: 'cross' },
};

/** The way for whoever does not own a domain, or cannot set its records. */
export function OtherWays({ view }: { readonly view: View }) {
  return (
    <p class="muted">
      {view.t('domains.notOwn')}{' '}
      <a href={`${paths.settingsSenders}?sender=new#sender`}>{view.t('domains.notOwn.way')}</a>
    </p>
  );
}

/** The domains that the company sends from. */
export function DomainsScreen(props: { readonly view: View; readonly model: DomainsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="domains">
      {model.missing.map((what) => (
        <Note state="unconfirmed">{t(`domains.missing.${what}`)}</Note>
      ))}
      <Section title={t('settings.domains')}>
        {model.domains.length === 0 ? (
          <EmptyPlace now={t('domains.none')} later={t('domains.later')} />
        ) : (
          <ul class="records">
            {model.domains.map((domain) => (
              <li data-state={domainLooks[domain.state].state}>
                <Icon name={domainLooks[domain.state].icon} />
                <div>
                  <h3>
                    <a href={paths.domain(domain.id)}>{domain.name}</a>
                  </h3>
                  <small>
                    {t('domains.right', { right: domain.right, required: domain.required })}
                    {domain.checkedAt ? (
                      <>
                        {' · '}
                        <When view={view} at={domain.checkedAt} form="relative" />
                      </>
                    ) : null}
                  </small>
                </div>
                <span class="verdict">{domain.stateWord}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('domains.add')}>
        <Form view={view} action={paths.settingsDomains} errors={model.errors}>
          <Field
            name="name"
            label={t('domains.name')}
            hint={t('domains.name.hint')}
            value={model.typed}
            errors={model.errors}
            placeholder="vautrin.example"
            autocomplete="off"
            required
          />
          <Button primary type="submit">
            {t('domains.add.do')}
          </Button>
        </Form>
        <OtherWays view={view} />
      </Section>
    </SettingsFrame>
  );
}

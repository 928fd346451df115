import {
  Button,
  Field,
  Form,
  Layout,
  LinkButton,
  Note,
  PageHead,
  PostButton,
  paths,
  Section,
  SelectField,
  type View,
  When,
} from '../kit/index.ts';
import type { DomainModel } from './domain-model.ts';
import { Records } from './domain-records.tsx';
import { OtherWays } from './settings-domains.tsx';

type Props = { readonly view: View; readonly model: DomainModel };

/** One domain: its records, one by one, and what helps to get them set. */
export function DomainScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={model.name}>
      <p class="crumb">
        <a href={paths.settingsSenders}>{t('place.settings')}</a> ›{' '}
        <a href={paths.settingsDomains}>{t('settings.domains')}</a>
      </p>
      <PageHead
        title={model.name}
        line={stand(props)}
        actions={
          <>
            <LinkButton icon="save" href={paths.domainPdf(model.id)} download>
              {t('domain.pdf')}
            </LinkButton>
            <PostButton primary icon="again" action={paths.domainCheck(model.id)}>
              {t('domain.check')}
            </PostButton>
          </>
        }
      />
      <div class="domain">
        <div class="stack">
          {model.missing.map((what) => (
            <Note state="unconfirmed">{t(`domains.missing.${what}`)}</Note>
          ))}
          {model.state === 'warning' && model.missingSince ? (
            <Note state="unconfirmed">{t('domain.warning')}</Note>
          ) : null}
          {model.state === 'broken' ? <Note state="failed">{t('domain.broken')}</Note> : null}
          <Section title={t('domain.required')} aside={<small>{t('domain.required.who')}</small>}>
            <Records view={view} records={model.records.filter((record) => record.isRequired)} />
          </Section>
          <Section title={t('domain.advised')}>
            <Records view={view} records={model.records.filter((record) => !record.isRequired)} />
          </Section>
          <Keys {...props} />
        </div>
        <aside class="stack">
          <Zone {...props} />
          <Administrator {...props} />
          <Fallback {...props} />
          <Checks {...props} />
        </aside>
      </div>
    </Layout>
  );
}

function stand({ view, model }: Props): string {
  const required = model.records.filter((record) => record.isRequired);
  const right = required.filter((record) => record.state === 'opened').length;
  const line = view.t('domain.stand', { right, required: required.length });
  return model.state === 'pending' ? `${line} ${view.t('domain.until')}` : line;
}

function Zone({ view, model }: Props) {
  const { t } = view;
  if (model.zone === '') return null;
  return (
    <Section title={t('domain.zone')}>
      <pre class="server code">{model.zone}</pre>
      <p class="actions">
        <Button
          icon="copy"
          data={{
            'data-controller': 'copy',
            'data-action': 'copy#copy',
            'data-copy-text-value': model.zone,
            'data-copy-done-value': t('kit.copied'),
          }}
        >
          <span data-copy-target="said">{t('domain.zone.copy')}</span>
        </Button>
      </p>
    </Section>
  );
}

function Administrator({ view, model }: Props) {
  const { t } = view;
  return (
    <Section title={t('domain.who')}>
      <p>{t('domain.who.text')}</p>
      <p>
        <a href={model.pageUrl}>{t('domain.page')}</a>
      </p>
      {model.state === 'pending' ? <OtherWays view={view} /> : null}
      {model.mailFrom ? (
        <Form view={view} action={paths.domainMail(model.id)} errors={model.errors}>
          <Field
            name="to"
            type="email"
            label={t('domain.mail.to')}
            hint={t('domain.mail.from', { address: model.mailFrom })}
            value={model.typedTo}
            errors={model.errors}
            required
          />
          <Button type="submit">{t('domain.mail.send')}</Button>
        </Form>
      ) : null}
    </Section>
  );
}

function Fallback({ view, model }: Props) {
  const { t } = view;
  return (
    <Section title={t('domain.fallback')}>
      <Form view={view} action={paths.domainFallback(model.id)} errors={model.errors}>
        <SelectField
          name="fallback"
          label={t('domain.fallback.label')}
          value={model.fallback.value}
          choices={[{ value: '', text: t('domain.fallback.hold') }, ...model.fallback.choices]}
        />
        <Button type="submit">{t('kit.save')}</Button>
      </Form>
    </Section>
  );
}

function Checks({ view, model }: Props) {
  const { t } = view;
  return (
    <Section title={t('domain.history')}>
      <ol class="timeline plain">
        {model.history.map((entry) => (
          <li data-actor={entry.actor}>
            <When view={view} at={entry.at} form="dateTime" />
            <p>{entry.text}</p>
          </li>
        ))}
      </ol>
      <small class="muted">{t('domain.history.daily')}</small>
    </Section>
  );
}

function Keys({ view, model }: Props) {
  const { t } = view;
  return (
    <Section title={t('domain.keys')}>
      <p>{t('domain.keys.text')}</p>
      {model.oldKeys.map((key) => (
        <Note state="waiting">
          {t('domain.keys.old', { name: key.name, date: view.format.longDate(key.removableFrom) })}
        </Note>
      ))}
      <p class="actions spaced">
        {model.mayRotate ? (
          <PostButton action={paths.domainRotate(model.id)} confirm={t('domain.keys.confirm')}>
            {t('domain.keys.rotate')}
          </PostButton>
        ) : null}
        <PostButton
          quiet
          action={paths.domainDelete(model.id)}
          confirm={t('domain.delete.confirm', { name: model.name })}
        >
          {t('domain.delete')}
        </PostButton>
      </p>
    </Section>
  );
}

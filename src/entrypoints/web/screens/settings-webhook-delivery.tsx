import { Facts, Icon, PostButton, paths, Section, ServerWords, type View, When } from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';
import type { WebhookDeliveryModel } from './settings-webhooks-model.ts';

/** What a webhook was told, word for word, and what it answered at each try. */
export function WebhookDeliveryScreen(props: { readonly view: View; readonly model: WebhookDeliveryModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="webhooks">
      <Section
        title={model.eventType}
        aside={<a href={paths.settingsWebhooks}>{t('webhooks.delivery.back')}</a>}
      >
        <Facts
          facts={[
            [t('webhooks.log.to'), <span class="plainaddress">{model.url}</span>],
            [t('webhooks.log.state'), t(`webhooks.delivery.${model.state}`)],
            ['webhook-id', <code>{model.eventId}</code>],
            model.dueAt
              ? [t('webhooks.delivery.next'), <When view={view} at={model.dueAt} form="dateTime" />]
              : null,
          ]}
        />
        {model.state === 'waiting' ? null : (
          <p class="actions">
            <PostButton action={paths.webhookReplay(model.id)}>{t('webhooks.replay')}</PostButton>
          </p>
        )}
      </Section>
      <Section title={t('webhooks.delivery.tries')}>
        {model.attempts.length === 0 ? <p class="muted">{t('webhooks.delivery.untried')}</p> : null}
        <ul class="records">
          {model.attempts.map((attempt) => (
            <Attempt view={view} attempt={attempt} />
          ))}
        </ul>
      </Section>
      <Section title={t('webhooks.delivery.body')}>
        {model.body === null ? (
          <p class="muted">{t('webhooks.delivery.noBody')}</p>
        ) : (
          <pre class="server">{model.body}</pre>
        )}
      </Section>
    </SettingsFrame>
  );
}

function Attempt(props: { readonly view: View; readonly attempt: WebhookDeliveryModel['attempts'][number] }) {
  const { view, attempt } = props;
  const { t } = view;
  const good = attempt.problem === null;
  const key = `webhooks.problem.${attempt.problem}`;
  return (
    <li data-state={good ? 'opened' : 'failed'}>
      <Icon name={good ? 'tick' : 'cross'} />
      <div>
        <h3>{good ? t('webhooks.problem.none') : t.has(key) ? t(key) : attempt.problem}</h3>
        <small>
          <When view={view} at={attempt.at} form="dateTime" /> · {view.format.number(attempt.durationMs)} ms
        </small>
      </div>
      <span class="verdict">{attempt.status ?? ''}</span>
      {attempt.answer ? (
        <div class="body">
          <ServerWords words={attempt.answer} />
        </div>
      ) : null}
    </li>
  );
}

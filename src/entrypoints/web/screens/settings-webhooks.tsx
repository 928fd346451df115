import {
  EmptyPlace,
  Field,
  Form,
  Icon,
  LinkButton,
  MadeSecret,
  PostButton,
  paths,
  SaveOrCancel,
  Section,
  type View,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';
import { WebhookLog } from './settings-webhook-log.tsx';
import type { WebhookModel, WebhooksModel } from './settings-webhooks-model.ts';

/** Addresses of other programs that are told what happens, and what they were told. */
export function WebhooksScreen(props: { readonly view: View; readonly model: WebhooksModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="webhooks">
      {model.made ? (
        <MadeSecret
          view={view}
          sentence={t('webhooks.made', { url: model.made.url })}
          secret={model.made.secret}
        />
      ) : null}
      <Section
        title={t('settings.webhooks')}
        aside={
          model.editing ? undefined : (
            <a href={`${paths.settingsWebhooks}?webhook=new#webhook`}>{t('webhooks.add')}</a>
          )
        }
      >
        {model.webhooks.length === 0 ? (
          <EmptyPlace now={t('webhooks.none')} later={t('webhooks.later')} />
        ) : (
          <ul class="records">
            {model.webhooks.map((webhook) => (
              <Webhook view={view} webhook={webhook} />
            ))}
          </ul>
        )}
      </Section>
      {model.editing ? <WebhookForm view={view} editing={model.editing} /> : null}
      {model.webhooks.length === 0 ? null : <WebhookLog view={view} model={model} />}
    </SettingsFrame>
  );
}

const looks = {
  active: { state: 'opened', icon: 'tick' },
  paused: { state: 'held', icon: 'held' },
  failing: { state: 'failed', icon: 'cross' },
  gone: { state: 'failed', icon: 'cross' },
} as const;

function Webhook(props: { readonly view: View; readonly webhook: WebhookModel }) {
  const { view, webhook } = props;
  const { t, format } = view;
  const isTroubled = webhook.state === 'active' && webhook.failingSince !== null;
  const look = isTroubled ? ({ state: 'unconfirmed', icon: 'warn' } as const) : looks[webhook.state];
  const since = webhook.failingSince ? format.dateTime(webhook.failingSince) : '';
  return (
    <li data-state={look.state} id={webhook.id}>
      <Icon name={look.icon} />
      <div>
        <h3 class="plainaddress">{webhook.url}</h3>
        <small>
          {[
            webhook.description || null,
            webhook.events.length === 0 ? t('webhooks.everything') : webhook.events.join(', '),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      <span class="verdict">
        {isTroubled ? t('webhooks.state.troubled') : t(`webhooks.state.${webhook.state}`)}
      </span>
      <div class="body">
        {webhook.state === 'active' ? (
          isTroubled ? (
            <p>{t('webhooks.why.troubled', { since })}</p>
          ) : null
        ) : (
          <p>{t(`webhooks.why.${webhook.state}`, { since })}</p>
        )}
        {webhook.waiting + webhook.failed === 0 ? null : (
          <p class="muted">{t('webhooks.counts', { waiting: webhook.waiting, failed: webhook.failed })}</p>
        )}
        <Deeds {...props} />
      </div>
    </li>
  );
}

function Deeds(props: { readonly view: View; readonly webhook: WebhookModel }) {
  const { view, webhook } = props;
  const { t } = view;
  const isOn = webhook.state === 'active';
  return (
    <p class="actions">
      <PostButton action={paths.webhookDeed(webhook.id, 'test')}>{t('webhooks.test')}</PostButton>
      <PostButton
        quiet={isOn}
        action={paths.webhookDeed(webhook.id, 'state')}
        name="state"
        value={isOn ? 'paused' : 'active'}
      >
        {t(isOn ? 'webhooks.pause' : 'webhooks.resume')}
      </PostButton>
      {webhook.failed === 0 ? null : (
        <PostButton quiet action={paths.webhookDeed(webhook.id, 'replay')}>
          {t('webhooks.replayFailed')}
        </PostButton>
      )}
      <LinkButton quiet href={`${paths.settingsWebhooks}?webhook=${webhook.id}#webhook`}>
        {t('kit.edit')}
      </LinkButton>
      <PostButton
        quiet
        action={paths.webhookDeed(webhook.id, 'secret')}
        confirm={t('webhooks.newSecret.confirm')}
        data={{ 'data-turbo': 'false' }}
      >
        {t('webhooks.newSecret')}
      </PostButton>
      <PostButton
        quiet
        action={paths.webhookDeed(webhook.id, 'delete')}
        confirm={t('webhooks.delete.confirm', { url: webhook.url })}
      >
        {t('webhooks.delete')}
      </PostButton>
    </p>
  );
}

function WebhookForm(props: {
  readonly view: View;
  readonly editing: NonNullable<WebhooksModel['editing']>;
}) {
  const { view, editing } = props;
  const { t } = view;
  const { values, errors } = editing;
  return (
    <Section id="webhook" title={editing.id ? t('webhooks.change') : t('webhooks.add')}>
      <Form
        view={view}
        action={editing.id ? paths.webhook(editing.id) : paths.settingsWebhooks}
        errors={errors}
        class="stack"
        data={{ 'data-turbo': 'false' }}
      >
        <Field
          name="url"
          type="url"
          label={t('webhooks.url')}
          hint={t('webhooks.url.hint')}
          placeholder="https://erp.example/envoi"
          value={values.url}
          errors={errors}
          required
        />
        <div class="two">
          <Field
            name="description"
            label={t('webhooks.description')}
            hint={t('kit.optional')}
            value={values.description}
            errors={errors}
            maxlength={200}
          />
          <Field
            name="events"
            label={t('webhooks.events')}
            hint={t('webhooks.events.hint')}
            placeholder="message.*, visit.page_viewed"
            value={values.events}
            errors={errors}
          />
        </div>
        <SaveOrCancel view={view} back={paths.settingsWebhooks} />
      </Form>
    </Section>
  );
}

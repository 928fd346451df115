import type { View } from '../kit/index.ts';
import { Line } from './send-line.tsx';
import type { SendModel } from './send-model.ts';

type Props = { readonly view: View; readonly model: SendModel };

/** How it is handed over: as a mail, behind a code, or through a provider. */
export function ServiceLine({ view, model }: Props) {
  const { t } = view;
  const error = model.errors['hideSender'];
  return (
    <div class="line" role="radiogroup" aria-labelledby="service-label">
      <span class="lab" id="service-label">
        {t('send.service')}
      </span>
      <div class="actions">
        {model.services.map((service) => (
          <label>
            <input type="radio" name="service" value={service} checked={service === model.service} />{' '}
            {t(`service.${service}`)}
          </label>
        ))}
        {model.serviceDays === undefined ? null : (
          <label class="behind-code">
            {t('send.service.days')}{' '}
            <select name="serviceDays">
              {[...new Set([7, 15, 30, model.serviceDays])].map((days) => (
                <option value={days} selected={days === model.serviceDays}>
                  {t('send.service.count', { days })}
                </option>
              ))}
            </select>
          </label>
        )}
        {model.services.includes('registered') ? (
          <>
            <input type="hidden" name="hideSenderShown" value="yes" />
            <label class="behind-code">
              <input type="checkbox" name="hideSender" checked={model.hideTicked} /> {t('send.hideSender')}
            </label>
          </>
        ) : null}
        {error ? <small class="late">{error}</small> : null}
        <ServiceHint view={view} model={model} />
      </div>
    </div>
  );
}

/** What the chosen service means; replaced as another one is chosen. */
export function ServiceHint({ view, model }: Props) {
  const { service, senderHidden } = model;
  const key =
    service === 'standard'
      ? null
      : isOutside(model)
        ? 'send.service.hint.incamail'
        : senderHidden
          ? 'send.service.hint.hidden'
          : 'send.service.hint';
  const more = key && model.codesByText && !isOutside(model) ? ` ${view.t('send.service.sms')}` : '';
  return <small id="service-hint">{key ? view.t(key) + more : ''}</small>;
}

/** In the mail, by a link, or both; and what is recorded. */
export function HowLine({ view, model }: Props) {
  return (
    <Line label={view.t('send.how')} for={model.service === 'standard' ? 'attach' : undefined}>
      <HowChoice view={view} model={model} />
      {model.errors['attach'] ? <small class="late">{model.errors['attach']}</small> : null}
      <TrackingWhy view={view} model={model} />
    </Line>
  );
}

/** The choice of a plain mail; with any other service there is none, and it says how the document goes. Replaced with the service. */
export function HowChoice({ view, model }: Props) {
  const { t } = view;
  if (model.service !== 'standard')
    return <span id="how-choice">{t(isOutside(model) ? 'send.how.provider' : 'send.how.behindCode')}</span>;
  return (
    <span id="how-choice" class="actions">
      <select id="attach" name="attach" aria-describedby="attach-why">
        {(['both', 'link', 'attachment'] as const).map((how) => (
          <option value={how} selected={how === model.attach}>
            {t(`send.how.${how}`)}
          </option>
        ))}
      </select>
      {model.trackingChoices.length > 1 ? (
        <select name="tracking" aria-label={t('send.tracking')}>
          {model.trackingChoices.map((mode) => (
            <option value={mode} selected={mode === model.tracking}>
              {t(`tracking.mode.${mode}`)}
            </option>
          ))}
        </select>
      ) : null}
    </span>
  );
}

/** What is recorded about these people; replaced as it is narrowed. */
export function TrackingWhy({ view, model }: Props) {
  const key = isOutside(model)
    ? 'send.tracking.provider'
    : model.service === 'standard'
      ? (`send.tracking.${model.tracking}` as const)
      : 'send.tracking.behindCode';
  return <small id="attach-why">{view.t(key)}</small>;
}

function isOutside({ service }: SendModel): boolean {
  return service.startsWith('incamail');
}

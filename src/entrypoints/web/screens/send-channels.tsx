import type { View } from '../kit/index.ts';
import type { SendModel } from './send-model.ts';

/** By which ways it goes; shown where the customer is found in the network, and replaced as the addresses change. */
export function ChannelLine({ view, model }: { readonly view: View; readonly model: SendModel }) {
  const { t } = view;
  const { partner, unreachable } = model;
  const error = model.errors['channels'];
  if (!partner)
    return (
      <div id="channel-line">
        {error ? <small class="late">{error}</small> : null}
        {unreachable ? (
          <div class="line">
            <span class="lab">{t('send.channels')}</span>
            <small>{t('send.channel.unreachable', { company: unreachable })}</small>
          </div>
        ) : null}
      </div>
    );
  const labels = { email: t('send.channel.email'), network: t('send.channel.network', partner) };
  return (
    <div id="channel-line">
      <div class="line" role="group" aria-labelledby="channel-label">
        <span class="lab" id="channel-label">
          {t('send.channels')}
        </span>
        <input type="hidden" name="channelsShown" value="1" />
        <div class="actions">
          {(['email', 'network'] as const).map((channel) => (
            <label>
              <input
                type="checkbox"
                name="channel"
                value={channel}
                checked={model.channels.includes(channel)}
              />{' '}
              {labels[channel]}
            </label>
          ))}
        </div>
        <small class={error ? 'late' : undefined}>{error ?? partner.proof}</small>
      </div>
    </div>
  );
}

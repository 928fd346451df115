import { LinkButton, PostButton, paths, type View } from '../kit/index.ts';
import type { NoticeModel } from './notice-words.ts';

/** A correction that was refused: for which notice, what was typed, and why. */
export type RefusedCorrection = { readonly notice: string; readonly value: string; readonly error: string };

/** What a repair is drawn from. */
export type Repairing = {
  readonly view: View;
  readonly notice: NoticeModel;
  readonly refused: RefusedCorrection | undefined;
};

export function MendSender(props: Repairing) {
  const { t } = props.view;
  const { connect, reason } = props.notice;
  const isEnded = connect && reason !== null && mendedByConsent.has(reason);
  return (
    <div class="repair">
      {isEnded ? (
        <LinkButton primary leaves href={paths.senderConnect(connect.sender)}>
          {t('senders.reconnect', { provider: t(`method.${connect.method}`) })}
        </LinkButton>
      ) : null}
      <LinkButton primary={!isEnded} href={paths.settingsSenders}>
        {t('notice.mendSender')}
      </LinkButton>
      <PostDismiss {...props} text={t('notice.leave')} />
    </div>
  );
}

/** What a new consent of the account's owner mends. */
const mendedByConsent: ReadonlySet<string> = new Set([
  'grant_ended',
  'not_connected',
  'token_refused',
  'secret_unreadable',
]);

export function MendDomain(props: Repairing) {
  const { t } = props.view;
  return (
    <div class="repair">
      <LinkButton primary href={paths.settingsDomains}>
        {t('notice.mendDomain')}
      </LinkButton>
      <PostDismiss {...props} text={t('notice.leave')} />
    </div>
  );
}

export function MendWebhook(props: Repairing) {
  const { t } = props.view;
  return (
    <div class="repair">
      <LinkButton primary href={paths.settingsWebhooks}>
        {t('notice.mendWebhook')}
      </LinkButton>
      <PostDismiss {...props} text={t('notice.leave')} />
    </div>
  );
}

export function PostDismiss(props: Repairing & { readonly text: string }) {
  if (props.notice.id === '') return null; // shown where no notice is open
  return (
    <PostButton quiet action={paths.noticeDismiss(props.notice.id)}>
      {props.text}
    </PostButton>
  );
}

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
  const { kind, sender } = props.notice;
  const again = consentOf(props.notice);
  // What a copy in Sent needs stands in the list; a sender itself is mended in its form.
  const place = kind === 'sent_copy_failed' ? `${paths.settingsSenders}#${sender?.id ?? ''}` : null;
  return (
    <div class="repair">
      {again ? <Reconnect view={props.view} {...again} /> : null}
      <LinkButton primary={!again} href={place ?? (sender ? paths.sender(sender.id) : paths.settingsSenders)}>
        {t('notice.mendSender')}
      </LinkButton>
      <PostDismiss {...props} text={t('notice.leave')} />
    </div>
  );
}

/** An e-mail that waits for its sender: sending it anyway would only hold it again. */
export function HeldBySender({ view, notice }: Repairing) {
  const again = consentOf(notice);
  return (
    <div class="repair">
      {again ? <Reconnect view={view} {...again} /> : null}
      <LinkButton
        primary={!again}
        href={notice.sender ? paths.sender(notice.sender.id) : paths.settingsSenders}
      >
        {view.t('notice.mendSender')}
      </LinkButton>
      {notice.dispatchId ? (
        <PostButton quiet action={paths.dispatchCancel(notice.dispatchId)}>
          {view.t('notice.takeBack')}
        </PostButton>
      ) : null}
    </div>
  );
}

type Consent = NonNullable<NoticeModel['connect']>;

function Reconnect({ view, sender, method }: Consent & { readonly view: View }) {
  return (
    <LinkButton primary leaves href={paths.senderConnect(sender)}>
      {view.t('senders.reconnect', { provider: view.t(`method.${method}`) })}
    </LinkButton>
  );
}

function consentOf({ connect, reason, sender }: NoticeModel): Consent | null {
  const problem = sender?.problem ?? reason;
  return connect && problem && mendedByConsent.has(problem) ? connect : null;
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

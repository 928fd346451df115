import { Button, Form, LinkButton, PostButton, paths } from '../kit/index.ts';
import { HeldBySender, PostDismiss, type Repairing } from './notice-mends.tsx';

/** Another address, and to this one person only; or what else helps where the address is right. */
export function CorrectAndResend(props: Repairing) {
  const { view, notice, refused } = props;
  const { t } = view;
  if (!notice.messageId) return <Look {...props} />;
  const id = `fix-${notice.id}`;
  const wrong = refused?.notice === notice.id ? refused : null;
  return (
    <Form view={view} action={paths.messageResend(notice.messageId)} class="repair">
      <input type="hidden" name="notice" value={notice.id} />
      <input type="hidden" name="back" value={view.path} />
      <label class="sr" for={id}>
        {t('notice.correctAddress')}
      </label>
      <input
        id={id}
        name="to"
        type="email"
        required
        value={wrong?.value ?? notice.address ?? ''}
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={`${id}-hint`}
      />
      <Button primary type="submit" kbd="↵">
        {t('notice.correctAndResend')}
      </Button>
      <OtherWay {...props} />
      <PostDismiss {...props} text={t('notice.leave')} />
      <small id={`${id}-hint`} class={wrong ? 'late' : undefined}>
        {wrong?.error ?? t('notice.onePerson')}
      </small>
    </Form>
  );
}

/** What helps where the address is right: without the attachment, or simply once more. */
function OtherWay(props: Repairing) {
  const { notice, view } = props;
  const way = otherWays[notice.reason ?? ''];
  if (!notice.messageId || !way) return null;
  return (
    <PostButton action={paths.messageResend(notice.messageId)} name="how" value={way}>
      {view.t(`notice.${way}`)}
    </PostButton>
  );
}

const otherWays: Readonly<Record<string, 'asLink' | 'once_more'>> = {
  too_big: 'asLink',
  content: 'asLink',
  content_refused: 'asLink',
  mailbox_full: 'once_more',
  network: 'once_more',
  expired: 'once_more',
  rate_limited: 'once_more',
  system: 'once_more',
  policy: 'once_more',
  unknown: 'once_more',
};

/** An e-mail of which nobody knows whether it left: a person says what became of it. */
export function Settle(props: Repairing) {
  const { t } = props.view;
  const message = props.notice.messageId;
  if (!message) return <Look {...props} />;
  return (
    <div class="repair">
      <PostButton
        primary
        action={paths.messageSettle(message)}
        name="as"
        value="again"
        confirm={t('notice.again.confirm')}
      >
        {t('notice.again')}
      </PostButton>
      <PostButton action={paths.messageSettle(message)} name="as" value="delivered">
        {t('notice.arrived')}
      </PostButton>
      {props.notice.address ? (
        <LinkButton href={`mailto:${props.notice.address}`}>{t('notice.ask')}</LinkButton>
      ) : null}
      <LinkButton quiet href={paths.message(message)}>
        {t('notice.attempt')}
      </LinkButton>
    </div>
  );
}

/** A held e-mail goes out anyway with a reason, is taken back, or waits for its sender or for other words. */
export function Release(props: Repairing) {
  const { notice } = props;
  const message = notice.messageId;
  if (!message || !notice.dispatchId) return <Look {...props} />;
  if (notice.sender) return <HeldBySender {...props} />;
  if (notice.reason === 'misdirected')
    return (
      <>
        <CorrectAndResend {...props} />
        <SendAnyway {...props} message={message} dispatch={notice.dispatchId} />
      </>
    );
  return <SendAnyway {...props} message={message} dispatch={notice.dispatchId} />;
}

function SendAnyway(props: Repairing & { readonly message: string; readonly dispatch: string }) {
  const { view, notice, message } = props;
  const { t } = view;
  const isOfWords = notice.reason === 'own_words';
  return (
    <Form view={view} action={paths.messageRelease(message)} class="repair">
      <input type="hidden" name="back" value={view.path} />
      {isOfWords ? (
        <LinkButton primary href={paths.writeAnew(message)}>
          {t('notice.writeAnew')}
        </LinkButton>
      ) : null}
      <label class="sr" for={`why-${notice.id}`}>
        {t('notice.reason')}
      </label>
      <input
        id={`why-${notice.id}`}
        name="reason"
        required
        placeholder={t('notice.reason')}
        maxlength={500}
      />
      <Button primary={!isOfWords} type="submit">
        {t('notice.sendAnyway')}
      </Button>
      <PostButton quiet action={paths.dispatchCancel(props.dispatch)}>
        {t('notice.takeBack')}
      </PostButton>
      {notice.reason === 'suppressed' ? (
        <LinkButton quiet href={paths.suppressions}>
          {t('blocked.see')}
        </LinkButton>
      ) : null}
    </Form>
  );
}

/** Where there is nothing to repair with one button. */
export function Look(props: Repairing) {
  const { notice, view } = props;
  const { t } = view;
  return (
    <div class="repair">
      {notice.messageId ? (
        <LinkButton primary href={paths.message(notice.messageId)}>
          {t('notice.see')}
        </LinkButton>
      ) : null}
      {notice.documentId && !notice.messageId ? (
        <LinkButton primary href={paths.document(notice.documentId)}>
          {t('notice.seeDocument')}
        </LinkButton>
      ) : null}
      <PostDismiss {...props} text={t('notice.done')} />
    </div>
  );
}

import type { Child } from 'hono/jsx';
import {
  Button,
  EmptyPlace,
  Form,
  Icon,
  Layout,
  LinkButton,
  PageHead,
  Pager,
  PostButton,
  paths,
  ServerWords,
  Tabs,
  type View,
  When,
} from '../kit/index.ts';
import {
  HeldBySender,
  MendDomain,
  MendSender,
  MendWebhook,
  PostDismiss,
  type RefusedCorrection,
  type Repairing,
} from './notice-mends.tsx';
import {
  LookAtAnswer,
  LookAtPlan,
  LookAtReceipts,
  LookAtReceived,
  LookAtRecord,
  LookAtRun,
  SendByHand,
} from './notice-repairs.tsx';
import { type NoticeModel, noticeTitle, noticeWhy } from './notice-words.ts';

export type NoticesModel = {
  readonly tab: 'open' | 'done';
  readonly counts: { readonly open: number; readonly done: number };
  readonly notices: readonly NoticeModel[];
  readonly newer: string | null;
  readonly older: string | null;
  readonly refused?: RefusedCorrection;
};

/** Failures and deadlines, each with its cause in plain words and its repair. */
export function NoticesScreen(props: { readonly view: View; readonly model: NoticesModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('place.notices')}>
      <div class="narrow">
        <PageHead title={t('place.notices')} line={t('notices.line', { count: model.counts.open })} />
        <Tabs
          view={view}
          label={t('notices.tabs')}
          tabs={(['open', 'done'] as const).map((tab) => ({
            href: tab === 'open' ? paths.notices : `${paths.notices}?tab=done`,
            text: t(`notices.tab.${tab}`),
            count: model.counts[tab],
            here: tab === model.tab,
          }))}
        />
        {model.notices.length === 0 ? (
          <EmptyPlace now={t(`notices.none.${model.tab}`)} later={t(`notices.later.${model.tab}`)} />
        ) : (
          <ul class="notices">
            {model.notices.map((notice) => (
              <Notice view={view} notice={notice} done={model.tab === 'done'} refused={model.refused} />
            ))}
          </ul>
        )}
        <Pager view={view} shown={model.notices.length} newer={model.newer} older={model.older} />
      </div>
    </Layout>
  );
}

function Notice(props: {
  readonly view: View;
  readonly notice: NoticeModel;
  readonly done: boolean;
  readonly refused: NoticesModel['refused'];
}) {
  const { view, notice } = props;
  return (
    <li data-state={notice.state} id={notice.id}>
      <Icon name={notice.state} />
      <h2 class="h3">{noticeTitle(view, notice)}</h2>
      <When view={view} at={notice.at} form="dateTime" />
      <div>
        <p>{noticeWhy(view, notice)}</p>
        {notice.quote ? <blockquote>{notice.quote}</blockquote> : null}
        {props.done ? null : <Repair {...props} />}
        {notice.serverWords ? (
          <details>
            <summary>{view.t('notice.server')}</summary>
            <ServerWords words={notice.serverWords} />
          </details>
        ) : null}
      </div>
    </li>
  );
}

const repairs: Record<NoticeModel['kind'], (props: Repairing) => Child> = {
  message_failed: CorrectAndResend,
  message_unconfirmed: Settle,
  message_held: Release,
  message_delayed: Look,
  message_complained: Look,
  sender_broken: MendSender,
  sent_copy_failed: MendSender,
  domain_warning: MendDomain,
  domain_broken: MendDomain,
  webhook_disabled: MendWebhook,
  customer_accepted: LookAtAnswer,
  customer_refused: LookAtAnswer,
  customer_paid: LookAtAnswer,
  customer_disputed: LookAtAnswer,
  customer_replied: LookAtAnswer,
  customer_misdirected: Look,
  customer_delegated: Look,
  erasure_requested: LookAtRecord,
  export_requested: LookAtRecord,
  reminders_wait: LookAtRun,
  send_rule_refused: SendByHand,
  receipt_unmatched: LookAtReceipts,
  plan_limit_near: LookAtPlan,
  plan_limit_reached: LookAtPlan,
  network_received: LookAtReceived,
  network_accepted: Look,
  network_rejected: Look,
  network_failed: Look,
  reply_kept: Look,
};

/** The repair of one notice, also on the page of its e-mail. */
export function Repair(props: Repairing) {
  return repairs[props.notice.kind](props);
}

function CorrectAndResend(props: Repairing) {
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

function Settle(props: Repairing) {
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

function Release(props: Repairing) {
  const { view, notice } = props;
  const { t } = view;
  const message = notice.messageId;
  if (!message || !notice.dispatchId) return <Look {...props} />;
  if (notice.sender) return <HeldBySender {...props} />;
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
      <PostButton quiet action={paths.dispatchCancel(notice.dispatchId)}>
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

function Look(props: Repairing) {
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

import type { Child } from 'hono/jsx';
import {
  EmptyPlace,
  Icon,
  Layout,
  PageHead,
  Pager,
  paths,
  ServerWords,
  Tabs,
  type View,
  When,
} from '../kit/index.ts';
import { CorrectAndResend, Look, Release, Settle } from './notice-emails.tsx';
import {
  MendDomain,
  MendSender,
  MendWebhook,
  type RefusedCorrection,
  type Repairing,
} from './notice-mends.tsx';
import {
  LookAtAnswer,
  LookAtBlocked,
  LookAtPlan,
  LookAtReceipts,
  LookAtReceived,
  LookAtRecord,
  LookAtRun,
  ReadBankFile,
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
  customer_misdirected: CorrectAndResend,
  customer_delegated: Look,
  erasure_requested: LookAtRecord,
  export_requested: LookAtRecord,
  reminders_wait: LookAtRun,
  reminders_blocked: LookAtBlocked,
  reminders_bank_old: ReadBankFile,
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

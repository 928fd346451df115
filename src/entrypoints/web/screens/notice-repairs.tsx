import { LinkButton, paths, type View } from '../kit/index.ts';
import { PostDismiss, type Repairing } from './notice-mends.tsx';
import type { NoticeModel } from './notice-words.ts';

type About = { readonly view: View; readonly notice: NoticeModel };

/** Reminders that a policy has put together: their run waits for a person. */
export function LookAtRun({ view, notice }: About) {
  return (
    <div class="repair">
      <LinkButton primary href={notice.runId ? paths.run(notice.runId) : paths.reminders}>
        {view.t('reminders.waiting.look')}
      </LinkButton>
    </div>
  );
}

/** Reminders that wait for a new file of the bank: it is read where payments are. */
export function ReadBankFile(props: Repairing) {
  return (
    <div class="repair">
      <LinkButton primary href={paths.payments}>
        {props.view.t('payments.import')}
      </LinkButton>
      <PostDismiss {...props} text={props.view.t('notice.done')} />
    </div>
  );
}

/** What an automatic batch could not send: its lines say what is missing. */
export function LookAtBlocked(props: Repairing) {
  const { view, notice } = props;
  return (
    <div class="repair">
      <LinkButton primary href={notice.runId ? paths.run(notice.runId) : paths.reminders}>
        {view.t('reminders.waiting.look')}
      </LinkButton>
      <PostDismiss {...props} text={view.t('notice.done')} />
    </div>
  );
}

/** What a rule could not send: the send window says what is missing. */
export function SendByHand({ view, notice }: About) {
  return (
    <div class="repair">
      <LinkButton primary href={notice.documentId ? paths.send([notice.documentId]) : paths.documents}>
        {view.t('rules.sendByHand')}
      </LinkButton>
    </div>
  );
}

/** Receipts that match no dispatch: each is tied to its own, or set aside. */
export function LookAtReceipts({ view }: About) {
  return (
    <div class="repair">
      <LinkButton primary href={paths.untiedReceipts}>
        {view.t('untied.look')}
      </LinkButton>
    </div>
  );
}

/** What the plan holds, what is used of it, and until when. */
export function LookAtPlan(props: Repairing) {
  return (
    <div class="repair">
      <LinkButton primary href={paths.settingsPlan}>
        {props.view.t('notice.seePlan')}
      </LinkButton>
      <PostDismiss {...props} text={props.view.t('notice.done')} />
    </div>
  );
}

/** The document, where all that the customer answered stands and what he says is settled. */
export function LookAtAnswer(props: Repairing) {
  const { notice, view } = props;
  return (
    <div class="repair">
      {notice.documentId ? (
        <LinkButton primary href={`${paths.document(notice.documentId)}#answers`}>
          {view.t('notice.seeDocument')}
        </LinkButton>
      ) : null}
      {notice.messageId ? (
        <LinkButton quiet href={paths.message(notice.messageId)}>
          {view.t('notice.see')}
        </LinkButton>
      ) : null}
      <PostDismiss {...props} text={view.t('notice.done')} />
    </div>
  );
}

/** What is recorded about whoever asked, with the button that erases it. */
export function LookAtRecord(props: Repairing) {
  const { notice, view } = props;
  return (
    <div class="repair">
      {notice.address ? (
        <LinkButton primary href={paths.person(notice.address)}>
          {view.t('person.what')}
        </LinkButton>
      ) : null}
      <PostDismiss {...props} text={view.t('notice.done')} />
    </div>
  );
}

/** The received document, where it is accepted or rejected. */
export function LookAtReceived(props: Repairing) {
  const { notice, view } = props;
  return (
    <div class="repair">
      {notice.receivedId ? (
        <LinkButton primary href={paths.receivedOne(notice.receivedId)}>
          {view.t('notice.seeReceived')}
        </LinkButton>
      ) : null}
      <PostDismiss {...props} text={view.t('notice.done')} />
    </div>
  );
}

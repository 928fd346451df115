import { LinkButton, paths, type View } from '../kit/index.ts';
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

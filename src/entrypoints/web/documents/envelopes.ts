import {
  type Dispatch,
  documentEnvelope,
  type EnvelopeMessage,
  envelopeOf,
  envelopeOfOne,
  isBehindCode,
  isTrial,
  networkMessages,
  type Seen,
} from '#domain/dispatch';
import type { Message } from '#domain/outbox';
import type { Engagement } from '#domain/tracking';
import type { EnvelopeModel, EnvelopeState, View } from '../kit/index.ts';
import { engagementOf, messagesOf, type Sendings } from './sendings.ts';
import { whatIsKnown } from './what-is-known.ts';

/** The envelope of a document with its tip: who, when, how often, by its newest dispatch that was not taken back. */
export function documentEnvelopeModel(view: View, sendings: Sendings, documentId: string): EnvelopeModel {
  const own = sendings.dispatches.filter(
    (dispatch) => dispatch.documentIds.includes(documentId) && !isTrial(dispatch, sendings.trialSender),
  );
  const seen = own.map((dispatch) => ({ dispatch, seen: seenOf(sendings, dispatch) }));
  const shown = documentEnvelope(seen.map((one) => one.seen));
  const newest = seen.find((one) => one.seen === shown)?.dispatch;
  if (!newest) return { state: 'none' };
  return { ...dispatchEnvelopeModel(sendings, newest), tip: tipOf(view, sendings, newest) };
}

/** The envelope of a dispatch, without a tip. */
export function dispatchEnvelopeModel(sendings: Sendings, dispatch: Dispatch): EnvelopeModel {
  const seen = seenOf(sendings, dispatch);
  const to = recipientsOf(sendings, dispatch);
  const only = to.length === 1 ? to[0] : undefined;
  const scheduled = to
    .filter((message) => message.delivery === 'scheduled')
    .map((one) => one.dueAt.getTime());
  return {
    ...failedAfterAll(
      seen.envelope,
      to.map((message) => engagementOf(sendings, message.id)),
    ),
    reached: seen.count,
    total: seen.of,
    ...(only ? { times: timesOf(seen.envelope, engagementOf(sendings, only.id)) } : {}),
    ...(scheduled.length > 0 && dispatch.sendAt ? { at: new Date(Math.min(...scheduled)) } : {}),
  };
}

/** What the envelope looks at in what is known of a recipient. */
type Counted = Pick<Engagement, 'level' | 'openedCount' | 'viewedCount' | 'downloadedCount'>;

/** The envelope of one message. */
export function messageEnvelopeModel(
  message: Pick<Message, 'delivery' | 'dueAt'>,
  engagement: Counted,
): EnvelopeModel {
  const envelope = envelopeOfOne(message, engagement.level);
  return {
    ...failedAfterAll(envelope, [engagement]),
    times: timesOf(envelope, engagement),
    ...(message.delivery === 'scheduled' ? { at: message.dueAt } : {}),
  };
}

function seenOf(sendings: Sendings, dispatch: Dispatch): Seen {
  const withLevel = (message: Message): EnvelopeMessage => ({
    ...message,
    engagement: engagementOf(sendings, message.id).level,
  });
  const replacements = new Map(
    [...sendings.messages.values()].map((message) => [message.id, withLevel(message)] as const),
  );
  const mails = messagesOf(sendings, dispatch.id).map(withLevel);
  return envelopeOf([...mails, ...networkMessages(dispatch)], replacements);
}

/** The To recipients of a dispatch; a failed one that was sent again is shown as the one that was sent again. */
function recipientsOf(sendings: Sendings, dispatch: Dispatch): Message[] {
  return messagesOf(sendings, dispatch.id)
    .filter((message) => message.role === 'to')
    .map((message) => (message.replacedBy && sendings.messages.get(message.replacedBy)) || message);
}

const seenLevels = ['replied', 'downloaded', 'viewed', 'opened'] as const;

/** A failure that came after somebody had seen it: both are shown. */
function failedAfterAll(
  state: EnvelopeState,
  engagements: readonly Counted[],
): Pick<EnvelopeModel, 'state' | 'alsoFailed'> {
  const best = seenLevels.find((level) => engagements.some((one) => one.level === level));
  return state === 'failed' && best ? { state: best, alsoFailed: true } : { state };
}

function timesOf(state: EnvelopeState, engagement: Counted): number | undefined {
  const counts: Partial<Record<EnvelopeState, number>> = {
    opened: engagement.openedCount,
    viewed: engagement.viewedCount,
    downloaded: engagement.downloadedCount,
  };
  return counts[state];
}

function tipOf(view: View, sendings: Sendings, dispatch: Dispatch): NonNullable<EnvelopeModel['tip']> {
  const to = recipientsOf(sendings, dispatch);
  const name = view.t(`purpose.${dispatch.purpose}`, { origin: dispatch.origin });
  const sum = sumOf(
    view,
    to.map((message) => engagementOf(sendings, message.id)),
  );
  return {
    title: [name, view.format.dateTime(dispatch.sendAt ?? dispatch.createdAt), ...(sum ? [sum] : [])].join(
      ' · ',
    ),
    lines: to.map((message) => {
      const engagement = engagementOf(sendings, message.id);
      return {
        state: messageEnvelopeModel(message, engagement).state,
        who: message.name || message.address,
        what: whatIsKnown(view, {
          message,
          engagement,
          tracking: dispatch.tracking,
          isSandboxed: sendings.sandboxes.has(message.senderId),
          ...(isBehindCode(dispatch.service) ? { behindCode: '' } : {}),
        }),
      };
    }),
  };
}

/** "1 opened, 1 downloaded": how many of them did what; empty while nobody did anything. */
export function sumOf(view: View, engagements: readonly Engagement[]): string {
  const parts = (['opened', 'viewed', 'downloaded'] as const).flatMap((deed) => {
    const count = engagements.filter((one) => one[`${deed}Count`] > 0).length;
    return count > 0 ? [view.t(`known.sum.${deed}`, { count })] : [];
  });
  return parts.join(', ');
}

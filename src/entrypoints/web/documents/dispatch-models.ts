import { type Dispatch, isBehindCode, isTrial } from '#domain/dispatch';
import { isAside, type Message, waitsForWords } from '#domain/outbox';
import { sendersByIds } from '#domain/senders';
import type { Tx } from '#stores/database';
import type { Person, View } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import type { DispatchModel } from '../screens/document-model.ts';
import { dispatchEnvelopeModel, messageEnvelopeModel, sumOf } from './envelopes.ts';
import { dispatchEvents, newestEvents } from './event-models.ts';
import { networkModel } from './network-model.ts';
import { engagementOf, messagesOf, type Sendings } from './sendings.ts';
import { reasonWords, silenceOf } from './what-is-known.ts';

const mostEvents = 100; // of each person; a flood of hits is bounded before it becomes events
const mostShown = 30;

/** One line per dispatch, newest first. */
export async function dispatchModels(
  tx: Tx<WebTables>,
  { view, needs }: { readonly view: View; readonly needs: Pick<WebNeeds, 'ruleset'> },
  sendings: Sendings,
): Promise<DispatchModel[]> {
  const shown = sendings.dispatches.slice(0, mostShown);
  const senders = await sendersByIds(
    tx,
    shown.flatMap((dispatch) => dispatch.senderId ?? []),
  );
  const addresses = new Map(senders.map((sender) => [sender.id, sender.address]));
  const models: DispatchModel[] = [];
  for (const dispatch of shown) {
    const { events, isCut } = await newestEvents(tx, dispatch.id, mostEvents);
    const messages = messagesOf(sendings, dispatch.id);
    models.push({
      id: dispatch.id,
      purpose: dispatch.purpose,
      ordinal: ordinalOf(sendings, dispatch),
      origin: dispatch.origin,
      otherMeans: dispatch.otherMeans,
      isTrial: isTrial(dispatch, sendings.trialSender),
      envelope: dispatch.otherMeans ? { state: 'sent' } : dispatchEnvelopeModel(sendings, dispatch),
      at: dispatch.sendAt ?? dispatch.createdAt,
      from: addresses.get(dispatch.senderId ?? '') ?? '',
      by: dispatch.createdByName || null,
      sum: sumOf(
        view,
        messages.filter((one) => one.role === 'to').map((one) => engagementOf(sendings, one.id)),
      ),
      people: messages.map((message) => personModel(view, sendings, dispatch, message)),
      events: dispatchEvents(events, sendings.messages, needs.ruleset),
      isCut,
      forWords: messages.find(waitsForWords)?.id ?? null,
      network: dispatch.handOvers.map((one) => networkModel(view, one)),
      canCancel:
        messages.some((message) => cancelable.has(message.delivery)) ||
        dispatch.handOvers.some((one) => one.state === 'waiting'),
    });
  }
  return models;
}

/** Which reminder it is, of those that went out; null where there is one of its purpose only. */
function ordinalOf(sendings: Sendings, dispatch: Dispatch): number | null {
  const alike = sendings.dispatches.filter(
    (one) => one.purpose === dispatch.purpose && !one.canceledAt && !isTrial(one, sendings.trialSender),
  );
  const at = alike.indexOf(dispatch);
  return alike.length > 1 && at >= 0 ? alike.length - at : null;
}

const cancelable: ReadonlySet<string> = new Set(['scheduled', 'queued', 'deferred', 'held']);

function personModel(view: View, sendings: Sendings, dispatch: Dispatch, message: Message): Person {
  const engagement = engagementOf(sendings, message.id);
  return {
    message: message.id,
    role: message.role,
    name: message.name || null,
    address: message.address,
    envelope: messageEnvelopeModel(message, engagement),
    remark: remarkOf(view, sendings, dispatch, message),
  };
}

function remarkOf(view: View, sendings: Sendings, dispatch: Dispatch, message: Message): string | undefined {
  if (isAside(message)) return undefined;
  const replacement = message.replacedBy ? sendings.messages.get(message.replacedBy) : undefined;
  if (replacement) return view.t('known.replaced', { address: replacement.address });
  const isStuck = ['held', 'rejected', 'expired', 'bounced', 'complained'].includes(message.delivery);
  if (isStuck) return reasonWords(view, message);
  const { tracking } = dispatch;
  const isSandboxed = sendings.sandboxes.has(message.senderId);
  const behindCode = isBehindCode(dispatch.service) ? { behindCode: '' } : {};
  const engagement = engagementOf(sendings, message.id);
  return silenceOf(view, { message, engagement, tracking, isSandboxed, ...behindCode });
}

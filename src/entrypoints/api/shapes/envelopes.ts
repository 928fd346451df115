import {
  type Dispatch,
  type EnvelopeMessage,
  envelopeOf,
  networkMessages,
  type Seen,
} from '#domain/dispatch';
import { getMessages, type Message } from '#domain/outbox';
import { engagementsOf } from '#domain/tracking';
import type { ApiTx } from '../call.ts';

/** The envelope of each dispatch that these messages belong to; a failed message that was sent anew counts as the newest try. */
export async function envelopesOf(
  tx: ApiTx,
  companyId: string,
  messages: readonly Message[],
  dispatches: readonly Dispatch[],
): Promise<Map<string, Seen>> {
  const all = new Map(messages.map((message) => [message.id, message]));
  for (let missing = newerOf(all); missing.length > 0; missing = newerOf(all)) {
    const found = await getMessages(tx, companyId, { ids: missing });
    for (const message of found) all.set(message.id, message);
    if (found.length < missing.length) break;
  }
  const levels = new Map((await engagementsOf(tx, [...all.keys()])).map((one) => [one.messageId, one.level]));
  const withLevel = (message: Message): EnvelopeMessage => ({
    ...message,
    engagement: levels.get(message.id) ?? 'none',
  });
  const replaced = messages.flatMap((message) => message.replacedBy ?? []).filter((id) => all.has(id));
  const replacements = new Map(replaced.map((id) => [id, withLevel(newest(all, id))]));
  const byDispatch = new Map<string, EnvelopeMessage[]>();
  for (const message of messages) {
    const own = byDispatch.get(message.dispatchId);
    if (own) own.push(withLevel(message));
    else byDispatch.set(message.dispatchId, [withLevel(message)]);
  }
  for (const dispatch of dispatches)
    if (networkMessages(dispatch).length > 0) byDispatch.set(dispatch.id, networkMessages(dispatch));
  return new Map([...byDispatch].map(([id, own]) => [id, envelopeOf(own, replacements)]));
}

function newerOf(all: ReadonlyMap<string, Message>): string[] {
  return [...all.values()].flatMap(({ replacedBy }) =>
    replacedBy && !all.has(replacedBy) ? [replacedBy] : [],
  );
}

function newest(all: ReadonlyMap<string, Message>, messageId: string): Message {
  let message = all.get(messageId)!;
  for (let tries = 0; message.replacedBy && all.has(message.replacedBy) && tries < 100; tries += 1)
    message = all.get(message.replacedBy)!;
  return message;
}

import type { DeliverHooks, Mail } from './contract.ts';
import type { Conversation } from './conversation.ts';
import { agreeOnEnvelope, obstacleTo } from './envelope.ts';
import type { Accepted, Delivery, Durations, SmtpError, UnknownAfterDot } from './outcome.ts';
import { prepareBody } from './prepare-body.ts';
import { broken, refusedHere, type Setback, setbackFrom } from './setback.ts';
import type { Heard } from './wire.ts';

/**
 * One message to one recipient:
 *
 *   MAIL, RCPT, DATA ── body without its end ── beforeDot() ── dot ── answer
 *   └──── failures here: temporary or permanent, nothing sent ────┘ └─ no answer: unknown_after_dot
 */
export async function deliverMail(talk: Conversation, mail: Mail, hooks: DeliverHooks): Promise<Delivery> {
  const begunAt = talk.now();
  const times: { -readonly [K in keyof Durations]?: number } = {};
  const settle = <T extends Setback | Ending>(what: T) => {
    return { ...what, ...talk.facts({ ...times, totalMs: talk.now() - begunAt }) };
  };
  const body = prepareBody(mail.chunks, mail.noLeadingDots);
  const obstacle = obstacleTo(mail, body, talk.capabilities);
  if (obstacle || !body.ok) return settle(obstacle as Setback);
  talk.messages += 1;

  const refused = await agreeOnEnvelope(talk, mail);
  times.envelopeMs = talk.now() - begunAt;
  if (refused) return settle(refused);

  const bodyAt = talk.now();
  const stopped = (await writeBody(talk, body.chunks)) ?? (await recordDot(talk, hooks));
  times.bodyMs = talk.now() - bodyAt;
  if (stopped) {
    // Half a message is on the wire; only by hanging up is it sure never to be taken for a whole one.
    talk.wire.close();
    return settle(stopped);
  }
  const dotAt = talk.now();
  const ending = await sendDot(talk, body.end);
  times.answerMs = talk.now() - dotAt;
  return settle(ending);
}

type Ending = Setback | Fields<Accepted> | Fields<UnknownAfterDot>;
type Fields<T> = T extends { kind: 'accepted' }
  ? Pick<Accepted, 'kind' | 'step' | 'reply'>
  : Pick<UnknownAfterDot, 'kind' | 'step' | 'problem' | 'reply' | 'error'>;

/** Enough for any business mail in one write, little enough to tell a slow line from a dead one. */
const blockBytes = 256 * 1024;

async function writeBody(talk: Conversation, chunks: readonly Buffer[]): Promise<Setback | null> {
  for (const block of inBlocks(chunks)) {
    const heard = await talk.wire.write(block, talk.timeouts.block);
    if (heard) return beforeItsTime(heard);
  }
  return null;
}

/** The last moment at which nothing has been sent. */
async function recordDot(talk: Conversation, hooks: DeliverHooks): Promise<Setback | null> {
  try {
    await hooks.beforeDot();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refusedHere('temporary', 'body', 'dot_not_recorded', message);
  }
  const heard = talk.wire.interruption();
  return heard && beforeItsTime(heard);
}

async function sendDot(talk: Conversation, end: string): Promise<Ending> {
  talk.wire.say(end, '(message)\r\n.');
  const heard = await talk.wire.hear(talk.timeouts.dot);
  if (heard.kind === 'reply' && heard.reply.code < 300)
    return { kind: 'accepted', step: 'dot', reply: heard.reply };
  const setback = setbackFrom('dot', heard);
  if (heard.kind === 'reply' && heard.reply.code === 421) talk.wire.close();
  if (heard.kind === 'reply' && heard.reply.code >= 400) return setback;
  talk.wire.close();
  const error: SmtpError = setback.error ?? { code: 'unknown', message: 'no answer' };
  return { ...setback, kind: 'unknown_after_dot', step: 'dot', error };
}

/** A server that answers while the message is still being written refuses it, or is out of its mind. */
function beforeItsTime(heard: Heard): Setback {
  const setback = setbackFrom('body', heard);
  return heard.kind === 'reply' && heard.reply.code < 400 ? broken('body', outOfStep) : setback;
}

const outOfStep: SmtpError = {
  code: 'garbage',
  message: 'the server answered before the end of the message',
};

function inBlocks(chunks: readonly Buffer[]): Buffer[][] {
  const blocks: Buffer[][] = [];
  let block: Buffer[] = [];
  let room = blockBytes;
  for (const chunk of chunks)
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + room);
      block.push(piece);
      at += piece.length;
      room -= piece.length;
      if (room > 0) continue;
      blocks.push(block);
      block = [];
      room = blockBytes;
    }
  return block.length > 0 ? [...blocks, block] : blocks;
}

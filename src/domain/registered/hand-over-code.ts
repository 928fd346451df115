import { newId } from '#base/ids';
import type { Company } from '#domain/accounts';
import type { Fact } from '#domain/evidence';
import { codeSenderFor, type Sender } from '#domain/senders';
import type { TransportDelivery } from '#domain/transports';
import { domainOf, normaliseAddress } from '#mail/address';
import { signMailInThread } from '#mail/dkim';
import { composeMail, mailChunks } from '#mail/mime';
import { inCompany } from '#stores/database';
import { type Held, holderAddress } from './delegate.ts';
import { type RegisteredDeps, registeredWordsIn } from './registered-deps.ts';
import { fromAddressOf, fromNameOf, type Told, tellOf, toldTo } from './tell-delivery.ts';
import { sendTextMessage } from './text-message.ts';

/** What became of a code: whether it went out, and what its event says of the way. */
export interface CodeSent extends Pick<Fact, 'data' | 'personal'> {
  readonly isSent: boolean;
}

const notSent: CodeSent = { isSent: false };

/** Mails a code to the mailbox that the link went to: the recipient's or a delegate's. */
export async function mailCode(deps: RegisteredDeps, held: Held, code: string, now: Date): Promise<CodeSent> {
  const known = await tellOf(deps, held.delivery.messageId);
  if (!known) return notSent;
  const t = registeredWordsIn(known.delivery.language as Company['language']);
  const told = toldTo(known, t);
  const values = { code, document: told.document, company: told.company.name };
  const mail = {
    to: holderAddress(held),
    subject: t('code.subject', values),
    text: t(told.isNeutral ? 'code.hidden.text' : 'code.text', values),
  };
  return handOverCode(deps, { ...told, sender: await codeSenderOf(deps, told) }, mail, now);
}

/** Sends a code to a mobile number. When the gateway did not take it, why is in the log, without number and code. */
export async function textCode(
  deps: RegisteredDeps,
  { delivery: { messageId } }: Held,
  mobile: string,
  code: string,
): Promise<CodeSent> {
  const known = await tellOf(deps, messageId);
  if (!known || !deps.texts) return notSent;
  const t = registeredWordsIn(known.delivery.language as Company['language']);
  const { document } = toldTo(known, t);
  const data = { host: new URL(deps.texts.url).hostname };
  try {
    await sendTextMessage(deps.texts, mobile, t('code.sms', { code, document }));
    return { isSent: true, data };
  } catch (err) {
    deps.log.error({ err, messageId }, 'a code could not be sent as a text message');
    return { isSent: false, data };
  }
}

/** Who mails a code, where the installation can send itself; see `codeSenderFor`. */
async function codeSenderOf({ database, transports }: RegisteredDeps, { sender }: Told): Promise<Sender> {
  const found = await inCompany(database, sender.companyId, (tx) => codeSenderFor(tx, sender));
  return transports.for(found).name === 'none' ? sender : found;
}

interface CodeMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Straight to the server: a code must not rest anywhere, and the queue of mails has none. */
async function handOverCode(
  deps: RegisteredDeps,
  told: Told,
  { to, subject, text }: CodeMail,
  now: Date,
): Promise<CodeSent> {
  const id = newId('message', now);
  const { sender } = told;
  const address = fromAddressOf(told, deps.returnPaths.platformDomain);
  let composed = composeMail({
    headers: {
      from: { name: fromNameOf(told), address },
      to: [{ name: '', address: to }],
      subject,
      messageId: `${id.toLowerCase()}@${domainOf(address)}`,
      date: now,
      extra: [{ name: 'Auto-Submitted', value: 'auto-generated' }], // RFC 3834 §5
    },
    text,
    attachments: [],
  });
  for (const signer of await deps.signers(sender, now)) composed = await signMailInThread(composed, signer);
  const chunks = mailChunks(composed);
  const transport = deps.transports.for(sender);
  const mail = {
    sender,
    messageId: id,
    envelope: { from: normaliseAddress(address), to: normaliseAddress(to) },
    chunks,
    size: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
    needsSmtpUtf8: composed.needsSmtpUtf8,
    needs8bit: composed.needsSmtpUtf8,
    noLeadingDots: true,
  };
  const delivery = await transport.deliver(mail, { beforeDot: () => Promise.resolve() });
  return { isSent: delivery.kind === 'accepted', ...answerOf(transport.name, delivery) };
}

const replyLimit = 2000;

/** By which way it left, to whom it was handed and what that answered; the words of a server may name the recipient. */
function answerOf(way: string, delivery: TransportDelivery): Pick<Fact, 'data' | 'personal'> {
  const { host, ip, reply } = delivery;
  return {
    data: {
      way,
      ...(host ? { host } : {}),
      ...(ip ? { ip } : {}),
      ...(reply ? { code: reply.code } : {}),
      ...(delivery.kind === 'accepted' ? {} : { problem: delivery.problem }),
    },
    personal: reply ? { reply: reply.lines.join('\n').slice(0, replyLimit) } : {},
  };
}

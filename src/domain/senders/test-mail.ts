import { newId } from '#base/ids';
import { type Language, makeTexts } from '#base/language';
import { domainOf, encodeWords, formatAddress, isPlainHeaderText } from '#mail/address';
import { type DkimSigner, signMail } from '#mail/dkim';
import { type Mail, mailChunks } from '#mail/mime';
import { connectSmtp, type Delivery, type SmtpOptions } from '#mail/smtp';
import type { Sender, SenderProblem } from './sender.ts';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

/** Texts of the mails that a sender's owner gets from us: tests and codes. */
export const testMailTexts = { en, fr, it, ro, de, nl };
export const ownTexts = makeTexts(testMailTexts);

export interface TestMailResult {
  readonly accepted: boolean;
  readonly problem: SenderProblem | null;
  /** What the server answered, or what broke. */
  readonly answer: string;
}

/** Sends a short mail from the sender to one address. Never rejects; a person waits, so the server gets a minute. */
export async function sendTestMail(
  options: SmtpOptions,
  mail: { readonly sender: Sender; readonly to: string; readonly language: Language },
  now: Date,
): Promise<TestMailResult> {
  const opened = await connectSmtp({
    ...options,
    timeouts: { dot: 60_000, data: 60_000, ...options.timeouts },
  });
  if (!opened.ok) return resultOf(opened.outcome);
  const { connection } = opened;
  const delivery = await connection.deliver(
    {
      from: mail.sender.address,
      to: mail.to,
      chunks: [noteBytes(mail, testWords(mail), now)],
      noLeadingDots: true,
    },
    { beforeDot: () => Promise.resolve() },
  );
  await connection.quit();
  return resultOf(delivery);
}

/** Hands a mail over as a dispatch from this sender would; never rejects. */
export type Carry = (
  sender: Sender,
  mail: { readonly from: string; readonly to: string; readonly chunks: readonly Buffer[] },
) => Promise<Delivery>;

/** The same from a sender that leaves through the installation: signed, and with the return path of its domain. */
export function carryTestMail(
  carry: Carry,
  mail: CarriedMail & { readonly language: Language },
  now: Date,
): Promise<TestMailResult> {
  return carryNote(carry, mail, testWords(mail), now);
}

export interface CarriedMail {
  readonly sender: Sender;
  readonly to: string;
  /** The return path. */
  readonly from: string;
  readonly signers: readonly DkimSigner[];
  /** Absent: an id of its own. */
  readonly messageId?: string;
  /** Lines of headers beside the usual ones. */
  readonly extra?: readonly string[];
}

export interface Words {
  readonly subject: string;
  readonly body: string;
}

/** Hands over a short mail of our own, signed by the signers. */
export async function carryNote(
  carry: Carry,
  mail: CarriedMail,
  words: Words,
  now: Date,
): Promise<TestMailResult> {
  const bare: Mail = {
    head: noteBytes(mail, words, now),
    parts: [],
    tail: Buffer.alloc(0),
    needsSmtpUtf8: false,
  };
  const signed = mail.signers.reduce(signMail, bare);
  return resultOf(await carry(mail.sender, { from: mail.from, to: mail.to, chunks: mailChunks(signed) }));
}

function testWords({ sender, language }: { readonly sender: Sender; readonly language: Language }): Words {
  const t = ownTexts(language);
  return { subject: t('subject'), body: t('body', { address: sender.address }) };
}

/** RFC 5322 with a body in base64, so that every line is short and plain ASCII whatever the language. */
function noteBytes(
  { sender, to, messageId, extra = [] }: Pick<CarriedMail, 'sender' | 'to' | 'messageId' | 'extra'>,
  { subject, body }: Words,
  now: Date,
): Buffer {
  const { address, name } = sender;
  const encoded = Buffer.from(body, 'utf8').toString('base64');
  return Buffer.from(
    [
      `From: ${formatAddress(name, address)}`,
      `To: ${formatAddress('', to)}`,
      `Subject: ${isPlainHeaderText(subject) ? subject : encodeWords(subject)}`,
      `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${messageId ?? `${newId('message', now)}.test@${domainOf(address)}`}>`,
      ...extra,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      'Auto-Submitted: auto-generated', // RFC 3834 §5: no answering machine shall answer
      '',
      ...(encoded.match(/.{1,76}/g) ?? []),
      '',
    ].join('\r\n'),
  );
}

function resultOf(delivery: Delivery): TestMailResult {
  const answer = delivery.reply
    ? `${delivery.reply.code} ${delivery.reply.lines.join(' ')}`
    : delivery.kind === 'accepted'
      ? ''
      : (delivery.error?.message ?? '');
  const accepted = delivery.kind === 'accepted';
  return { accepted, problem: accepted ? null : delivery.problem, answer };
}

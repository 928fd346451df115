import type { Language } from '#base/language';
import type { Sender } from './sender.ts';
import type { CheckDeps } from './sender-check.ts';
import { carryNote, ownTexts, type TestMailResult } from './test-mail.ts';

/**
 * Sends the mail of a sender's self-test as a dispatch would leave: the same From, return path, signature and headers. `code` stands in
 * its subject. Never rejects; what the next server said is in the result.
 */
export async function sendSelfTestMail(
  deps: Pick<CheckDeps, 'carry' | 'signers' | 'now'>,
  mail: {
    readonly sender: Sender;
    readonly to: string;
    readonly language: Language;
    readonly envelopeFrom: string;
    readonly messageId: string;
    /** The name and value of our own header. */
    readonly header: { readonly name: string; readonly value: string };
    readonly code: string;
  },
): Promise<TestMailResult> {
  const { sender, to, envelopeFrom: from, messageId, header, code } = mail;
  const t = ownTexts(mail.language);
  const words = {
    subject: t('selfTest.subject', { code }),
    body: t('selfTest.body', { address: sender.address }),
  };
  const now = deps.now();
  const signers = await deps.signers(sender, now);
  const extra = [`${header.name}: ${header.value}`];
  return carryNote(deps.carry, { sender, to, from, signers, messageId, extra }, words, now);
}

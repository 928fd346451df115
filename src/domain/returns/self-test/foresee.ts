import { isHouseSender, type Sender } from '#domain/senders';
import type { Findings } from './self-test.ts';

/**
 * By what a report about a mail will find it: its return path, our header, the Message-ID, or only recipient and time. Or not at all:
 * it goes into a mailbox that is not read, or to an address that is not ours, or the installation has no host for returns; `unknown`
 * where the envelope sender could not be seen.
 */
export type BouncesSeen =
  | 'return_path'
  | 'header'
  | 'message_id'
  | 'recipient'
  | 'mailbox_unread'
  | 'elsewhere'
  | 'no_return_host'
  | 'unknown';

/** By what an answer will find its mail: the address that it goes to, the Message-ID that it names, writer and subject; or not at all. */
export type AnswersSeen = 'address' | 'message_id' | 'recipient' | 'unseen';

export interface Foresight {
  readonly bounces: BouncesSeen;
  readonly answers: AnswersSeen;
}

/** What will be seen of the mails of a sender, after what a test mail of it found. */
export function foresee(
  sender: Sender,
  findings: Findings,
  about: {
    /** Its mailbox is read. */
    readonly isRead: boolean;
    /** The installation has a domain to which mail comes back. */
    readonly hasReturnHost: boolean;
    /** Answers go to an address of ours and are passed on. */
    readonly tracksAnswers: boolean;
  },
): Foresight {
  return { bounces: bouncesOf(sender, findings, about), answers: answersOf(findings, about) };
}

function bouncesOf(
  sender: Sender,
  findings: Findings,
  { isRead, hasReturnHost }: { readonly isRead: boolean; readonly hasReturnHost: boolean },
): BouncesSeen {
  // Reports go to `bounce.` of the own domain, or of the platform's: `localhost` leads nowhere.
  if (isHouseSender(sender) && sender.method !== 'domain' && !hasReturnHost) return 'no_return_host';
  const { verdict } = findings.envelopeFrom;
  if (verdict === 'changed' || verdict === 'missing') return 'elsewhere';
  if (isHouseSender(sender)) return verdict === 'unknown' ? 'unknown' : 'return_path';
  if (!isRead) return 'mailbox_unread';
  if (findings.header.verdict === 'kept') return 'header';
  return findings.messageId.verdict === 'kept' ? 'message_id' : 'recipient';
}

function answersOf(
  { messageId }: Findings,
  { isRead, tracksAnswers }: { readonly isRead: boolean; readonly tracksAnswers: boolean },
): AnswersSeen {
  if (tracksAnswers) return 'address';
  if (!isRead) return 'unseen';
  return messageId.verdict === 'kept' ? 'message_id' : 'recipient';
}

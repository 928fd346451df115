/** The services of our own that put the content behind a code. */
export type Service = 'registered' | 'confidential';
export const services: readonly Service[] = ['registered', 'confidential'];

/**
 *   waiting ── accepted (registered: the content opens) ─┐
 *      │   ├── refused                                   ├─ handed over, any number of times
 *      │   ├── opened   (confidential) ──────────────────┘
 *      │   └── expired, when the deadline is over and nothing was said
 *      ├── undeliverable, when its notice was rejected, given up or came back before anybody had shown the code
 *      └── withdrawn by the sender, as long as nothing was handed over; or its notice was canceled before it left
 */
export const deliveryStates = [
  'waiting',
  'accepted',
  'refused',
  'expired',
  'opened',
  'withdrawn',
  'undeliverable',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** How a code reaches the recipient: in a second mail, or as a text message. */
export type CodeChannel = 'email' | 'sms';

/** What somebody has shown who showed a code, as events say it: that he reads the mailbox, or has the phone as well. */
export function codeLevel(channel: CodeChannel): 'mailbox-code' | 'sms-code' {
  return channel === 'sms' ? 'sms-code' : 'mailbox-code';
}

/** The channel of a level as events say it. */
export function channelOfLevel(level: unknown): CodeChannel {
  return level === codeLevel('sms') ? 'sms' : 'email';
}

/** A document or extra file as it was when it was sent, encrypted. */
export interface SealedContent {
  /** Of the document, or of the extra file. */
  readonly documentId: string;
  readonly fileName: string;
  readonly bytes: number;
  /** SHA-256 of the document, and of its encrypted form in the files store. */
  readonly sha256: string;
  readonly sealedSha256: string;
}

/** One message whose content waits behind a code. */
export interface Delivery {
  readonly messageId: string;
  readonly companyId: string;
  readonly dispatchId: string;
  readonly documentIds: readonly string[];
  /** Extra files that go along. */
  readonly fileIds: readonly string[];
  readonly service: Service;
  readonly address: string;
  /** Of the recipient, as the sender had noted it when he sent this (E.164); null: codes go to the mailbox. */
  readonly mobile: string | null;
  readonly language: string;
  readonly senderEmail: string;
  readonly days: number;
  /** The recipient is not told who sends before he has accepted, or opened, it. */
  readonly senderHidden: boolean;
  readonly state: DeliveryState;
  readonly notifiedAt: Date | null;
  readonly deadlineAt: Date | null;
  readonly decidedAt: Date | null;
  /** The delegate who answered for the recipient, and the one to whom the content went first, by their links; null: himself, or nobody. */
  readonly decidedBy: string | null;
  readonly handedOverTo: string | null;
  /** By which channel the code came that was shown for it. */
  readonly decidedWith: CodeChannel | null;
  readonly handedOverWith: CodeChannel | null;
  readonly handedOverAt: Date | null;
  readonly reminded: number;
  readonly content: readonly SealedContent[] | null;
  readonly contentKey: Buffer | null;
  readonly createdAt: Date;
}

/** 7 days are the Swiss custom, 15 the French one (CPCE R.53-3). */
export const usualDays = 7;
export const mostDays = 90;

/** Whether its days are over though it still stands as waiting: no round has come by yet. Exactly at the end is in time. */
export function isLate({ state, deadlineAt }: Pick<Delivery, 'state' | 'deadlineAt'>, now: Date): boolean {
  return state === 'waiting' && deadlineAt !== null && now > deadlineAt;
}

/** Whether the content may be handed over after the code: what was accepted, or opened, in time stays so. */
export function isOpen(delivery: Pick<Delivery, 'service' | 'state' | 'deadlineAt'>, now: Date): boolean {
  const { service, state } = delivery;
  if (service === 'registered') return state === 'accepted';
  return state === 'opened' || (state === 'waiting' && !isLate(delivery, now));
}

/** Whether the recipient may be told who the sender is: by mails, receipts, and a page that has shown no code. */
export function isSenderTold({ senderHidden, state }: Pick<Delivery, 'senderHidden' | 'state'>): boolean {
  return !senderHidden || state === 'accepted' || state === 'opened';
}

/** Event ids of ETSI EN 319 522-3 for what is recorded. */
export const etsi = (name: string): string => `http://uri.etsi.org/19522/Event/${name}`;

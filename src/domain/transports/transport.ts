import type { Sender } from '#domain/senders';
import type { FrozenDns } from '#mail/dns';
import type { DeliverHooks, Delivery } from '#mail/smtp';

/** One finished message to one recipient. */
export interface TransportMail {
  readonly sender: Sender;
  /** Our id of the message (`msg_…`): the same one is kept only once by the sandbox. */
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: string };
  /** The bytes as they are archived, CRLF line ends, not dot-stuffed. */
  readonly chunks: readonly Buffer[];
  /** Octets of all chunks together. */
  readonly size: number;
  readonly needsSmtpUtf8?: boolean;
  readonly needs8bit?: boolean;
  readonly noLeadingDots?: boolean;
  /** Reports about it come back to us: a relay is asked for them, of success too. */
  readonly reports?: boolean;
}

/** Which delivery state `kind: 'accepted'` stands for: a server in between took it, or the recipient's own. */
export type SuccessMeans = 'handed_off' | 'accepted';

export type TransportDelivery = Delivery & {
  readonly accepts: SuccessMeans;
  /** With `over_limit`: when its turn comes. */
  readonly notBefore?: Date;
  /** What the DNS said about the way to the recipient, where it was asked. */
  readonly dns?: FrozenDns;
};

/** A way out for mails. */
export interface Transport {
  readonly name: 'sandbox' | 'smtp' | 'provider' | 'relay' | 'direct' | 'none';
  /** What limits and pauses are counted by: equal for senders that share one account on one server. */
  account(sender: Sender): string;
  /** Hands over one message; never rejects. `beforeDot` is called when all but the end is out; see `DeliverHooks`. */
  deliver(mail: TransportMail, hooks: DeliverHooks): Promise<TransportDelivery>;
  /** Lets running deliveries finish and closes the connections; waiting ones come back as temporary `stopped_here`. */
  close(): Promise<void>;
}

/** All ways out of this process. */
export interface Transports {
  for(sender: Sender): Transport;
  close(): Promise<void>;
}

import type { TransportDelivery } from '#domain/transports';
import type { FrozenDns } from '#mail/dns';
import type { Delivery, TlsFacts, TlsGivenUp } from '#mail/smtp';
import { isSenderProblem } from './message.ts';

/** What became of one attempt, in the form in which it is kept in the journal. */
export interface Answer {
  readonly attemptId: string;
  readonly messageId: string;
  readonly fence: number;
  readonly outcome: Delivery['kind'];
  /** The delivery state that a success means. */
  readonly success: 'handed_off' | 'accepted';
  /** The sender's account needs repair, not this message. */
  readonly isSenderProblem: boolean;
  readonly problem: string | null;
  readonly step: string | null;
  readonly code: number | null;
  readonly enhanced: string | null;
  readonly reply: string | null;
  readonly host: string | null;
  readonly ip: string | null;
  readonly tls: TlsFacts | null;
  /** Why it went in the clear although encryption was offered; absent in older journals. */
  readonly tlsGivenUp?: TlsGivenUp | null;
  /** When a message that was over a limit may come back, RFC 3339; null for all others, absent in older journals. */
  readonly notBefore?: string | null;
  readonly mailSha256: string;
  /** What the DNS said, by its SHA-256; absent in older journals. */
  readonly dns?: readonly string[];
  /** Those of it that the database has not got yet, as far as this process knows. */
  readonly newDns?: readonly FrozenDns[];
  readonly at: string;
}

/** Longest part of a server's answer that is kept; real ones have a few lines. */
const replyLimit = 4000;

/** Puts a delivery into the form in which it is kept. */
export function toAnswer(
  ids: Pick<Answer, 'attemptId' | 'messageId' | 'fence' | 'mailSha256'>,
  delivery: TransportDelivery,
  at: Date,
): Answer {
  return {
    ...ids,
    outcome: delivery.kind,
    success: delivery.accepts,
    // What a recipient's own server says is about this mail; only a server in between can judge the sender's account.
    isSenderProblem: delivery.accepts === 'handed_off' && isSenderProblem(delivery),
    problem: delivery.kind === 'accepted' ? null : delivery.problem,
    step: delivery.step,
    code: delivery.reply?.code ?? null,
    enhanced: delivery.reply?.enhanced ?? null,
    reply:
      (
        delivery.reply?.lines.join('\n') ??
        ('error' in delivery ? delivery.error?.message : null) ??
        null
      )?.slice(0, replyLimit) ?? null,
    host: delivery.host,
    ip: delivery.ip,
    tls: delivery.tls,
    tlsGivenUp: delivery.tlsGivenUp && {
      ...delivery.tlsGivenUp,
      said: delivery.tlsGivenUp.said.slice(0, replyLimit),
    },
    notBefore: delivery.notBefore?.toISOString() ?? null,
    at: at.toISOString(),
  };
}

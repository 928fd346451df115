import type { Language } from '#base/language';
import type { Clock } from '#base/time';
import type { Actor, EvidenceTables } from '#domain/evidence';
import type { ConnectionTest } from '#mail/smtp';
import type { Database } from '#stores/database';
import type { DomainDeps } from './domains/domain-deps.ts';
import type { SenderProblem } from './sender.ts';
import type { SenderTables } from './sender-table.ts';
import type { Signers } from './signers.ts';
import type { SmtpDeps } from './smtp-access.ts';
import type { Carry, TestMailResult } from './test-mail.ts';

/** What a check found. It holds no secret: the transcript has `***` in their place. */
export interface SenderCheck {
  readonly works: boolean;
  readonly problem: SenderProblem | null;
  /** The steps of the conversation, the one that failed last; empty for the sandbox and where nothing was dialed. */
  readonly steps: ConnectionTest['steps'];
  readonly transcript: ConnectionTest['transcript'];
  readonly tls: ConnectionTest['tls'];
  /** What became of the test mail; null when none was asked for or the check before it failed. */
  readonly testMail: TestMailResult | null;
}

export interface CheckDeps extends SmtpDeps, DomainDeps {
  readonly database: Database<SenderTables & EvidenceTables>;
  readonly now: Clock;
  /** Hands a mail over as a dispatch from this sender would. */
  readonly carry: Carry;
  readonly signers: Signers;
}

export interface CheckOrder {
  readonly companyId: string;
  readonly senderId: string;
  /** Sends a short mail to this address when all else went well. */
  readonly sendTestTo?: string;
  /** Of the test mail; default English. */
  readonly language?: Language;
  readonly actor: Actor;
}

export const nothingDialed: SenderCheck = {
  works: false,
  problem: null,
  steps: [],
  transcript: [],
  tls: null,
  testMail: null,
};

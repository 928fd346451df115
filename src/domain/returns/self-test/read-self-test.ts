import type { CheckDeps, Sender } from '#domain/senders';
import type { Tx } from '#stores/database';
import { type MailboxTables, selectMailbox } from '../mailbox-table.ts';
import { throughOf } from './begin-self-test.ts';
import { type Foresight, foresee } from './foresee.ts';
import type { SelfTest } from './self-test.ts';
import { lastSelfTest, type SelfTestTables } from './self-test-table.ts';

/** The newest test of a sender and what it means now. */
export interface SelfTestStanding {
  readonly test: SelfTest;
  /** Null until it has arrived. */
  readonly foresight: Foresight | null;
  /** Address or server of the sender are others by now: it says nothing about them. */
  readonly isStale: boolean;
}

/** The newest test of a sender, or null. `trackReplies` is the company's wish to have answers come to an address of ours. */
export async function readSelfTest(
  tx: Tx<SelfTestTables & MailboxTables>,
  deps: Pick<CheckDeps, 'house'>,
  sender: Sender,
  trackReplies: boolean,
): Promise<SelfTestStanding | null> {
  const test = await lastSelfTest(tx, sender.companyId, sender.id);
  if (!test) return null;
  const mailbox = await selectMailbox(tx, sender.companyId, sender.id);
  const hasReturnHost = deps.house.platformDomain !== 'localhost';
  const about = {
    isRead: mailbox?.state === 'working',
    hasReturnHost,
    tracksAnswers: trackReplies && hasReturnHost,
  };
  const isStale = test.sent.from !== sender.address || test.sent.through !== throughOf(deps, sender);
  const foresight = test.findings ? foresee(sender, test.findings, about) : null;
  return { test, foresight, isStale };
}

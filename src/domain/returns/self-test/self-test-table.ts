import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import type { Findings, SelfTest, SelfTestState, SentFacts, TestWay } from './self-test.ts';

export interface SelfTestTables {
  self_tests: {
    id: string;
    company_id: string;
    sender_id: string;
    way: TestWay;
    to_address: string;
    sent: SentFacts;
    state: SelfTestState;
    answer: string | null;
    findings: Findings | null;
    sent_at: Date;
    ended_at: Date | null;
  };
}

type TestTx = Tx<SelfTestTables>;
type Row = Selectable<SelfTestTables['self_tests']>;

export async function insertSelfTest(tx: TestTx, test: SelfTest): Promise<void> {
  await tx
    .insertInto('self_tests')
    .values({
      id: test.id,
      company_id: test.companyId,
      sender_id: test.senderId,
      way: test.way,
      to_address: test.to,
      sent: test.sent,
      state: test.state,
      answer: test.answer,
      findings: null,
      sent_at: test.sentAt,
      ended_at: null,
    })
    .execute();
}

/** Ends a test that still waits; false where it has ended already, so that the first news stays. */
export async function endSelfTest(
  tx: TestTx,
  test: Pick<SelfTest, 'id' | 'companyId'>,
  end: {
    readonly state: Exclude<SelfTestState, 'waiting'>;
    readonly answer?: string;
    readonly findings?: Findings;
    readonly at: Date;
  },
): Promise<boolean> {
  const done = await tx
    .updateTable('self_tests')
    .set({
      state: end.state,
      answer: end.answer ?? null,
      findings: end.findings ?? null,
      ended_at: end.at,
    })
    .where('company_id', '=', test.companyId)
    .where('id', '=', test.id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** The newest test of a sender, or null. */
export async function lastSelfTest(
  tx: TestTx,
  companyId: string,
  senderId: string,
): Promise<SelfTest | null> {
  const row = await tx
    .selectFrom('self_tests')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('sender_id', '=', senderId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toTest(row) : null;
}

/** A test by its id over all companies that `tx` may see, if it still waits and was sent after `since`. */
export async function waitingSelfTest(tx: TestTx, id: string, since: Date): Promise<SelfTest | null> {
  const row = await tx
    .selectFrom('self_tests')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('sent_at', '>=', since)
    .executeTakeFirst();
  return row ? toTest(row) : null;
}

/** Removes what is older than the newest `kept` tests of a sender. */
export async function forgetSelfTests(
  tx: TestTx,
  { companyId, senderId, kept }: { companyId: string; senderId: string; kept: number },
): Promise<void> {
  const newest = tx
    .selectFrom('self_tests')
    .select('id')
    .where('company_id', '=', companyId)
    .where('sender_id', '=', senderId)
    .orderBy('id', 'desc')
    .limit(kept);
  await tx
    .deleteFrom('self_tests')
    .where('company_id', '=', companyId)
    .where('sender_id', '=', senderId)
    .where('id', 'not in', newest)
    .execute();
}

function toTest(row: Row): SelfTest {
  return {
    id: row.id,
    companyId: row.company_id,
    senderId: row.sender_id,
    way: row.way,
    to: row.to_address,
    sent: row.sent,
    state: row.state,
    answer: row.answer,
    findings: row.findings,
    sentAt: row.sent_at,
    endedAt: row.ended_at,
  };
}

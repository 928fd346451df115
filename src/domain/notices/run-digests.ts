import { newId } from '#base/ids';
import type { Log } from '#base/log';
import { after, type Clock } from '#base/time';
import { type EvidenceTables, newestCheckpoint } from '#domain/evidence';
import { type HouseMailTables, queueHouseMail, type WrittenContent } from '#domain/housemail';
import { asWorker, type Database } from '#stores/database';
import { oldestToldMs } from './digest.ts';
import { insertTold } from './digest-table.ts';
import { type Digest, type FindTables, findDigests } from './find-digests.ts';
import { lockOpen, selectCompaniesWithNotices } from './notice-table.ts';

export interface DigestNeeds {
  readonly database: Database<FindTables & HouseMailTables & EvidenceTables>;
  /** Puts a digest into words, with the newest signed checkpoint of the log (its note), where there is one. */
  readonly wordDigest: (digest: Digest, checkpoint: string | null) => Promise<WrittenContent>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Mails everybody what needs him and he was not mailed of yet, as he has set it; returns how many mails were queued. A notice and its
 * mail are noted in one transaction, so that neither a crash nor a second process makes two of it.
 */
export async function runDigests(needs: DigestNeeds): Promise<number> {
  const now = needs.clock();
  const companies = await asWorker(needs.database, (tx) =>
    selectCompaniesWithNotices(tx, after(now, -oldestToldMs)),
  );
  let count = 0;
  for (const companyId of companies) {
    const digests = await asWorker(needs.database, (tx) => findDigests(tx, companyId, now));
    for (const digest of digests) if (await mailDigest(needs, digest, now)) count += 1;
  }
  return count;
}

/** Something about it changed while it was written: the next round looks again. */
class Overtaken extends Error {}

async function mailDigest(needs: DigestNeeds, digest: Digest, now: Date): Promise<boolean> {
  const { company, user, notices } = digest;
  const checkpoint = await asWorker(needs.database, newestCheckpoint);
  const content = await needs.wordDigest(digest, checkpoint?.note ?? null);
  const noticeIds = notices.map((notice) => notice.id);
  const id = newId('houseMail', now);
  try {
    await asWorker(needs.database, async (tx) => {
      const told = { companyId: company.id, userId: user.id, noticeIds, houseMailId: id, at: now };
      if ((await insertTold(tx, told)) < noticeIds.length) throw new Overtaken();
      if ((await lockOpen(tx, company.id, noticeIds)) < noticeIds.length) throw new Overtaken();
      await queueHouseMail(tx, {
        id,
        companyId: company.id,
        address: user.email,
        messageId: null,
        createdAt: now,
        content: { kind: 'digest', ...content },
      });
    });
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  }
}

import { after } from '#base/time';
import {
  type AccessTables,
  type AccountTables,
  type Company,
  getCompany,
  getUser,
  listMembers,
  type User,
} from '#domain/accounts';
import { type DispatchTables, getDispatches } from '#domain/dispatch';
import { getMessages, type OutboxTables } from '#domain/outbox';
import { type SenderTables, sendersByIds } from '#domain/senders';
import { sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { type Concern, concernedBy, isMailed, noticesDue, oldestToldMs, usualDigest } from './digest.ts';
import { selectDigestSettings, selectTold } from './digest-table.ts';
import type { Notice } from './notice.ts';
import { type NoticeTables, selectOpenNotices } from './notice-table.ts';

export type FindTables = NoticeTables &
  AccessTables &
  AccountTables &
  DispatchTables &
  OutboxTables &
  SenderTables;
type FindTx = Tx<FindTables>;

/** One mail to be written: to whom, of what. */
export interface Digest {
  readonly company: Company;
  readonly user: User;
  /** The newest first. */
  readonly notices: readonly Notice[];
}

/** More open notices at once than anybody reads in a mail; the rest follows in the next one. */
const mostNotices = 200;

/** Works out who of a company is to be mailed now, and of which notices. Changes nothing. */
export async function findDigests(tx: FindTx, companyId: string, now: Date): Promise<Digest[]> {
  const company = await getCompany(tx, companyId);
  if (!company) return [];
  const people = await listMembers(tx, companyId);
  const open = (await selectOpenNotices(tx, companyId, { before: null, limit: mostNotices })).filter(
    (notice) => isMailed(notice) && notice.openedAt > after(now, -oldestToldMs),
  );
  const told = await selectTold(
    tx,
    companyId,
    open.map((notice) => notice.id),
  );
  const concerns = await concernsOf(
    tx,
    companyId,
    open,
    people.map((one) => one.email),
  );
  const settings = await selectDigestSettings(tx, companyId);
  const digests: Digest[] = [];
  for (const { userId } of people) {
    const own = open.filter(
      (notice) =>
        !told.has(`${userId} ${notice.id}`) &&
        concernedBy(concerns.get(notice.id) ?? nothingSent, people).includes(userId),
    );
    const notices = noticesDue(own, settings.get(userId) ?? usualDigest, company.timeZone, now);
    const user = notices.length > 0 ? await getUser(tx, userId) : null;
    if (user) digests.push({ company, user, notices });
  }
  return digests;
}

const nothingSent: Concern = { sentBy: null, isOwnTest: false };

async function concernsOf(
  tx: FindTx,
  companyId: string,
  notices: readonly Notice[],
  ownAddresses: readonly string[],
): Promise<Map<string, Concern>> {
  const ids = [...new Set(notices.flatMap((notice) => notice.dispatchId ?? []))];
  const dispatches = new Map((await getDispatches(tx, companyId, { ids })).map((one) => [one.id, one]));
  const senderIds = [...dispatches.values()].flatMap((one) => one.senderId ?? []);
  const sandboxes = new Set(
    (await sendersByIds(tx, senderIds)).filter((one) => one.method === 'sandbox').map((one) => one.id),
  );
  const subjects = notices.map((notice) => notice.subjectId);
  const messages = new Map((await getMessages(tx, companyId, { ids: subjects })).map((one) => [one.id, one]));
  return new Map(
    notices.map((notice) => {
      const dispatch = dispatches.get(notice.dispatchId ?? '');
      const to = messages.get(notice.subjectId)?.address;
      const isToOwn = to !== undefined && ownAddresses.some((one) => sameAddress(one, to));
      const isOwnTest = isToOwn || sandboxes.has(dispatch?.senderId ?? '');
      return [notice.id, { sentBy: dispatch?.createdBy ?? null, isOwnTest }];
    }),
  );
}

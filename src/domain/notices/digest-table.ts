import type { Tx } from '#stores/database';
import type { DigestSetting } from './digest.ts';

export interface DigestTables {
  digest_settings: { company_id: string; user_id: string; mode: DigestSetting['mode']; hour: number };
  digest_notices: {
    company_id: string;
    user_id: string;
    notice_id: string;
    house_mail_id: string;
    told_at: Date;
  };
}

type DigestTx = Tx<DigestTables>;

/** What the people of a company have set; who has set nothing is not among them. */
export async function selectDigestSettings(
  tx: DigestTx,
  companyId: string,
): Promise<Map<string, DigestSetting>> {
  const rows = await tx
    .selectFrom('digest_settings')
    .selectAll()
    .where('company_id', '=', companyId)
    .execute();
  return new Map(rows.map(({ user_id, mode, hour }) => [user_id, { mode, hour }]));
}

export async function upsertDigestSetting(
  tx: DigestTx,
  of: { readonly companyId: string; readonly userId: string },
  { mode, hour }: DigestSetting,
): Promise<void> {
  await tx
    .insertInto('digest_settings')
    .values({ company_id: of.companyId, user_id: of.userId, mode, hour })
    .onConflict((conflict) => conflict.columns(['company_id', 'user_id']).doUpdateSet({ mode, hour }))
    .execute();
}

/** Who was told of which of these notices already, as `user notice`. */
export async function selectTold(
  tx: DigestTx,
  companyId: string,
  noticeIds: readonly string[],
): Promise<Set<string>> {
  if (noticeIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('digest_notices')
    .select(['user_id', 'notice_id'])
    .where('company_id', '=', companyId)
    .where('notice_id', 'in', noticeIds)
    .execute();
  return new Set(rows.map((row) => `${row.user_id} ${row.notice_id}`));
}

/** Notes that somebody is told of notices; how many of them were not noted before. */
export async function insertTold(
  tx: DigestTx,
  told: {
    readonly companyId: string;
    readonly userId: string;
    readonly noticeIds: readonly string[];
    readonly houseMailId: string;
    readonly at: Date;
  },
): Promise<number> {
  const { companyId, userId, noticeIds, houseMailId, at } = told;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('digest_notices')
    .values(
      noticeIds.map((id) => ({
        company_id: companyId,
        user_id: userId,
        notice_id: id,
        house_mail_id: houseMailId,
        told_at: at,
      })),
    )
    .onConflict((conflict) => conflict.columns(['user_id', 'notice_id']).doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0n);
}

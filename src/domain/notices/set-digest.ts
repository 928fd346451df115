import type { Tx } from '#stores/database';
import { type DigestSetting, usualDigest } from './digest.ts';
import { selectDigestSettings, upsertDigestSetting } from './digest-table.ts';
import type { NoticeTables } from './notice-table.ts';

type Whose = { readonly companyId: string; readonly userId: string };

/** What somebody has set about the mails of notices; the usual where he has set nothing. */
export async function digestSettingOf(
  tx: Tx<NoticeTables>,
  { companyId, userId }: Whose,
): Promise<DigestSetting> {
  return (await selectDigestSettings(tx, companyId)).get(userId) ?? usualDigest;
}

/** Sets when somebody is mailed of notices. Refuses an hour that no clock shows. */
export async function setDigest(
  tx: Tx<NoticeTables>,
  whose: Whose,
  setting: DigestSetting,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'out_of_range' }> {
  if (!Number.isInteger(setting.hour) || setting.hour < 0 || setting.hour > 23)
    return { ok: false, reason: 'out_of_range' };
  await upsertDigestSetting(tx, whose, setting);
  return { ok: true };
}

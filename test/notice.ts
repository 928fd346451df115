import type { TestInstallation } from './installation.ts';

/** Plays that the mail server has taken a mail, at the time of the installation's clock: no worker runs. */
export async function noticeLeft(installation: TestInstallation, messageId: string): Promise<void> {
  const now = installation.clock();
  const { owner } = installation.database;
  await owner.query(
    `update messages set delivery = 'handed_off', settled_at = $2, left_at = $2 where id = $1`,
    [messageId, now],
  );
  await owner.query('update links set handed_over_at = $2 where message_id = $1', [messageId, now]);
}

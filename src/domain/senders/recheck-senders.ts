import { day, hour } from '#base/time';
import { asWorker } from '#stores/database';
import { checkSender } from './check-sender.ts';
import { passesByItself } from './passing.ts';
import type { SenderProblem } from './sender.ts';
import type { CheckDeps } from './sender-check.ts';
import { selectSendersToCheck } from './sender-table.ts';

const atOnce = 20;

/**
 * Looks again, once a day, at senders that nothing proves but the policy of their domain, and every hour at broken ones whose trouble
 * somebody mends elsewhere. What somebody has to type here (a password, a code, a consent) is not tried again: a server may lock an account for that.
 */
export async function recheckSenders(deps: CheckDeps): Promise<void> {
  const now = deps.now().getTime();
  const before = { daily: new Date(now - day), hourly: new Date(now - hour) };
  const due = await asWorker(deps.database, (tx) =>
    selectSendersToCheck(tx, before, [...mendedElsewhere], atOnce),
  );
  for (const { id, company_id } of due)
    await checkSender(deps, { companyId: company_id, senderId: id, actor: 'system' });
}

const mendedElsewhere: ReadonlySet<SenderProblem> = new Set<SenderProblem>([
  ...passesByItself,
  'host_not_found',
  'connection_refused',
  'tls_not_offered',
  'tls_failed',
  'certificate_invalid',
  'certificate_expired',
  'certificate_name',
  'submission_disabled',
  'auth_disabled',
  'platform_not_set_up',
  'provider_not_set_up',
  'app_refused',
  'dmarc_refuses',
]);

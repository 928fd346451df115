import type { Clock } from '#base/time';
import { type SmtpOptions, testConnection } from '#mail/smtp';
import type { Sender, SenderProblem } from './sender.ts';
import type { CheckOrder, SenderCheck } from './sender-check.ts';
import { hostNotAllowed } from './smtp-access.ts';
import { sendTestMail } from './test-mail.ts';

/** Speaks to a server with these options, and sends a test mail where one is wanted and all else went well. */
export async function tryServer(
  options: SmtpOptions,
  from: string,
  now: Clock,
  test: { readonly to: string; readonly sender: Sender; readonly order: CheckOrder } | null,
): Promise<SenderCheck> {
  const { ok, steps, transcript, tls } = await testConnection(options, { from });
  const failed = steps.at(-1);
  const problem = failed?.error?.code === hostNotAllowed ? hostNotAllowed : (failed?.problem ?? null);
  if (!ok || !test) return { works: ok, problem, steps, transcript, tls, testMail: null };
  const { order, sender, to } = test;
  const testMail = await sendTestMail(options, { sender, to, language: order.language ?? 'en' }, now());
  const isOurs = testMail.problem !== null && faultsOfSender.has(testMail.problem);
  return { works: !isOurs, problem: isOurs ? testMail.problem : null, steps, transcript, tls, testMail };
}

/** A test mail may also fail because of its recipient; these are about the sender. */
const faultsOfSender: ReadonlySet<string> = new Set<SenderProblem>([
  'sender_not_allowed',
  'relay_denied',
  'auth_required',
  'auth_refused',
  'mail_not_authenticated',
  'tls_required',
]);

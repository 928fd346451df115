import { newId } from '#base/ids';
import type { Language } from '#base/language';
import { openSmtpAccess, type SenderTables, type SmtpDeps } from '#domain/senders';
import { domainOf, normaliseAddress } from '#mail/address';
import { composeMail, mailChunks } from '#mail/mime';
import { connectSmtp } from '#mail/smtp';
import { type Database, inCompany } from '#stores/database';
import { type ProviderTables, selectAccount } from '../provider-table.ts';
import { registeredWordsIn } from '../registered-deps.ts';
import { toAccount } from './account.ts';
import { markingFor } from './incamail.ts';

export interface TestSent {
  readonly ok: boolean;
  /** What the server answered, or what broke. */
  readonly answer: string;
}

type TestDeps = SmtpDeps & { readonly database: Database<ProviderTables & SenderTables> };

/**
 * Sends a short confidential mail to one address through the account, marked as every other one, so that a person sees whether IncaMail
 * takes it up and what arrives. Null where there is no account. Tells what the server answered, and nothing more.
 */
export async function sendIncamailTest(
  deps: TestDeps,
  of: { readonly companyId: string; readonly to: string; readonly language: Language },
  now: Date,
): Promise<TestSent | null> {
  const found = await inCompany(deps.database, of.companyId, async (tx) => {
    const account = await selectAccount(tx, of.companyId, 'incamail');
    if (!account) return null;
    const ref = { companyId: of.companyId, senderId: account.sender_id };
    return { account, access: await openSmtpAccess(tx, deps, ref) };
  });
  if (!found) return null;
  const { account, access } = found;
  if (!access.ok) return { ok: false, answer: access.reason };
  const { address } = access.sender;
  const { prefix, suffix, headers } = markingFor(toAccount(account), 'incamail_confidential');
  const to = `${of.to}${suffix}`;
  const t = registeredWordsIn(of.language);
  const mail = composeMail({
    headers: {
      from: { name: '', address },
      to: [{ name: '', address: to }],
      subject: `${prefix}${t('incamail.test.subject')}`,
      messageId: `${newId('message', now).toLowerCase()}.test@${domainOf(address)}`,
      date: now,
      extra: headers,
    },
    text: t('incamail.test.text', { address }),
    attachments: [],
  });
  // A person waits for it: the server gets a minute.
  const timeouts = { dot: 60_000, data: 60_000, ...access.options.timeouts };
  const opened = await connectSmtp({ ...access.options, timeouts });
  if (!opened.ok)
    return { ok: false, answer: opened.outcome.reply?.lines.join(' ') ?? opened.outcome.problem };
  const envelope = { from: normaliseAddress(address), to: normaliseAddress(to) };
  const delivery = await opened.connection.deliver(
    { ...envelope, chunks: mailChunks(mail), noLeadingDots: true, needsSmtpUtf8: mail.needsSmtpUtf8 },
    { beforeDot: () => Promise.resolve() },
  );
  await opened.connection.quit();
  const answer = delivery.reply ? `${delivery.reply.code} ${delivery.reply.lines.join(' ')}` : '';
  return delivery.kind === 'accepted'
    ? { ok: true, answer }
    : { ok: false, answer: answer || delivery.problem };
}

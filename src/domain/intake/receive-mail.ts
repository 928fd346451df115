import { getUser, memberAddresses, type SubmissionLogin } from '#domain/accounts';
import type { GivenFacts } from '#domain/documents';
import { listSenders, type Sender } from '#domain/senders';
import { addressKey } from '#mail/address';
import { type ReadMail, readMail } from '#mail/mime';
import { inCompany, type Tx } from '#stores/database';
import { mailKey } from './mail-key.ts';
import { type IntakeDeps, type ReceivedFiles, type ReceiveTables, receiveFiles } from './receive-files.ts';

/** A mail as it was handed in: the envelope and the bytes. */
export interface HandedMail {
  readonly login: SubmissionLogin;
  readonly recipients: readonly string[];
  readonly bytes: Uint8Array;
}

export type ReceivedMail =
  | Extract<ReceivedFiles, { ok: true }>
  | Exclude<ReceivedFiles, { ok: true }>
  | { readonly ok: false; readonly reason: 'unreadable' | 'loop' | 'from_missing' | 'login_ended' }
  | { readonly ok: false; readonly reason: 'from_not_allowed'; readonly allowed: readonly string[] };

/** RFC 5321 §6.3: a mail that has been through so many servers goes in a circle. */
const mostReceived = 50;

/**
 * Sends a mail that another program handed in: its PDF and XML become documents, the rest is the text. The From must be one of the
 * company's senders or people. The same mail to the same recipients again is answered, not sent again.
 */
export async function receiveMail(deps: IntakeDeps, handed: HandedMail, now: Date): Promise<ReceivedMail> {
  const { login, bytes } = handed;
  const read = await readMail(bytes);
  if (!read.ok) return { ok: false, reason: 'unreadable' };
  const { mail } = read;
  if (isLoop(mail)) return { ok: false, reason: 'loop' };
  const who = await inCompany(deps.database, login.companyId, (tx) => sendersOf(tx, login));
  if (!who) return { ok: false, reason: 'login_ended' };
  if (!mail.from?.address) return { ok: false, reason: 'from_missing' };
  const from = addressKey(mail.from.address);
  if (!who.allowed.some((one) => addressKey(one) === from))
    return { ok: false, reason: 'from_not_allowed', allowed: who.allowed };
  const sender = who.senders.find((one) => addressKey(one.address) === from);
  return receiveFiles(deps, deliveryOf(handed, mail, who.user, sender?.id), now);
}

/** The addresses that may stand in From: the company's senders that work, and its people. */
export async function allowedFrom(
  deps: Pick<IntakeDeps, 'database'>,
  login: SubmissionLogin,
): Promise<readonly string[]> {
  const who = await inCompany(deps.database, login.companyId, (tx) => sendersOf(tx, login));
  return who?.allowed ?? [];
}

async function sendersOf(tx: Tx<ReceiveTables>, { companyId, userId }: SubmissionLogin) {
  const user = await getUser(tx, userId);
  const senders: readonly Sender[] = await listSenders(tx, companyId);
  const people = await memberAddresses(tx, companyId);
  if (!user || !people.includes(user.email)) return null;
  return { user, senders, allowed: [...senders.map((one) => one.address), ...people] };
}

function isLoop({ headers }: ReadMail): boolean {
  const received = headers.filter((one) => one.name.toLowerCase() === 'received').length;
  // RFC 3834 §5: what answers by itself is no invoice, and two such programs would write to each other for ever.
  const isAnswer = headers.some(
    (one) => one.name.toLowerCase() === 'auto-submitted' && /^\s*auto-replied/i.test(one.value),
  );
  return received > mostReceived || isAnswer;
}

function deliveryOf(
  { login, recipients, bytes }: HandedMail,
  mail: ReadMail,
  user: NonNullable<Awaited<ReturnType<typeof getUser>>>,
  senderId: string | undefined,
) {
  const rules = login.ownText
    ? { subject: mail.subject || undefined, ...(mail.html ? { html: mail.html } : { text: mail.text ?? '' }) }
    : {};
  const by = { actor: 'program', id: login.id } as const;
  const replyTo = headerOf(mail, 'reply-to');
  return {
    companyId: login.companyId,
    by,
    key: mailKey(mail, bytes, recipients),
    files: mail.attachments.filter((one) => !isDecoration(one, mail)),
    facts: factsOf(mail, recipients),
    saidBeside: `${mail.subject} ${mail.text ?? ''} ${(mail.html ?? '').replace(/<[^>]*>/g, ' ')}`,
    order: {
      ...rules,
      ...rolesOf(mail, recipients),
      author: { ...by, name: login.name, user },
      origin: 'api' as const,
      senderId,
      fromName: mail.from?.name || undefined,
      replyTo: replyTo ?? undefined,
      attach: login.attach,
      link: login.link,
      tracking: login.tracking,
    },
  };
}

/** Pictures that the HTML shows are part of the text, which is written anew. */
function isDecoration(one: ReadMail['attachments'][number], mail: ReadMail): boolean {
  return (
    one.mediaType.startsWith('image/') &&
    one.contentId !== undefined &&
    (mail.html ?? '').includes(`cid:${one.contentId}`)
  );
}

/** Who of the envelope stands in To and Cc; the rest is Bcc. Where To names nobody of the envelope, everybody is addressed. */
export function rolesOf(
  mail: Pick<ReadMail, 'to' | 'cc'>,
  recipients: readonly string[],
): { readonly to: string[]; readonly cc: string[]; readonly bcc: string[] } {
  const find = (list: ReadMail['to'], key: string) => list.find((one) => addressKey(one.address) === key);
  const roles = { to: [] as string[], cc: [] as string[], bcc: [] as string[] };
  for (const recipient of recipients) {
    const key = addressKey(recipient);
    const [to, cc] = [find(mail.to, key), find(mail.cc, key)];
    roles[to ? 'to' : cc ? 'cc' : 'bcc'].push(written(to ?? cc, recipient));
  }
  if (roles.to.length > 0) return roles;
  const [first, second] = roles.cc.length > 0 ? (['cc', 'bcc'] as const) : (['bcc', 'cc'] as const);
  return { to: roles[first], cc: [], bcc: roles[second] };
}

function written(named: { readonly name: string } | undefined, address: string): string {
  const name = named?.name.replace(/["\\<>]/g, '').trim();
  return name ? `"${name}" <${address}>` : address;
}

/** What the program says in headers of its own, and the first person that is written to as the buyer. */
function factsOf(mail: ReadMail, recipients: readonly string[]): GivenFacts {
  const facts = {
    kind: headerOf(mail, 'x-envoi-kind'),
    number: headerOf(mail, 'x-envoi-number'),
    issueDate: headerOf(mail, 'x-envoi-issue-date'),
    dueDate: headerOf(mail, 'x-envoi-due-date'),
    currency: headerOf(mail, 'x-envoi-currency'),
    total: headerOf(mail, 'x-envoi-total'),
  };
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
  const name = headerOf(mail, 'x-envoi-customer');
  return name ? { ...given, customer: { name, emails: rolesOf(mail, recipients).to.slice(0, 1) } } : given;
}

function headerOf({ headers }: ReadMail, name: string): string | null {
  const value = headers.find((one) => one.name.toLowerCase() === name)?.value.trim();
  return value ? value : null;
}

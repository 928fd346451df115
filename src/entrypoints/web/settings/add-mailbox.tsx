import type { Context } from 'hono';
import {
  connectMailbox,
  disconnectMailbox,
  listMailboxes,
  type Mailbox,
  type MailboxInput,
  type MailboxRefusal,
} from '#domain/returns';
import { getSender, type SmtpSender } from '#domain/senders';
import { inCompany } from '#stores/database';
import { byOf } from '../documents/author.ts';
import { type Errors, paths, type View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type MailboxModel, MailboxScreen, type MailboxState } from '../screens/settings-mailbox.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';
import { problemSentence } from './sender-words.ts';

type C = Context<StaffEnv>;
type Values = MailboxModel['values'];

/** Lets the mailbox of a sender be read for bounces and answers, or no more. */
export function addMailbox(app: StaffApp, needs: WebNeeds): void {
  const path = '/settings/senders/:id/mailbox';
  app.get(path, ownersOnly(), (c) => show(needs, c));
  app.post(path, ownersOnly(), (c) => connect(needs, c));
  app.post(`${path}/remove`, ownersOnly(), async (c) => {
    const { company, view } = c.var;
    const done = await inCompany(needs.database, company.id, (tx) =>
      disconnectMailbox(tx, refOf(c), needs.clock()),
    );
    if (!done) return answerProblem(c, 'not_found');
    return seeOther(needs, c, paths.settingsSenders, { state: 'opened', text: view.t('mailbox.removed') });
  });
}

function refOf(c: C) {
  const { actor, id: by } = byOf(c);
  return { companyId: c.var.company.id, senderId: c.req.param('id') ?? '', actor, by };
}

async function show(needs: WebNeeds, c: C, refused?: { values: Values; errors: Errors }): Promise<Response> {
  const { company, view } = c.var;
  const { senderId } = refOf(c);
  const { sender, mailbox } = await inCompany(needs.database, company.id, async (tx) => ({
    sender: await getSender(tx, company.id, senderId),
    mailbox: (await listMailboxes(tx, company.id)).find((one) => one.senderId === senderId),
  }));
  if (sender?.method !== 'smtp' || sender.deletedAt) return answerProblem(c, 'not_found');
  const model: MailboxModel = {
    ...mailboxState(view, mailbox),
    sender: sender.id,
    address: sender.address,
    values: refused?.values ?? valuesOf(sender, mailbox),
    errors: refused?.errors ?? {},
  };
  return page(c, <MailboxScreen view={view} model={model} />, refused ? 422 : 200);
}

/** What is to be said of a sender's mailbox. */
export function mailboxState(view: View, mailbox: Mailbox | undefined): MailboxState {
  const why = mailbox?.problem ? problemSentence(view, mailbox.problem, '') : null;
  return { state: mailbox?.state ?? 'none', why };
}

/** Where it is, or where it likely is: providers name their servers alike. */
function valuesOf(sender: SmtpSender, mailbox: Mailbox | undefined): Values {
  return {
    host: mailbox?.host ?? sender.settings.host.replace(/^(?:smtps?|mail\.smtp|outgoing)(?=[.-])/, 'imap'),
    port: String(mailbox?.port ?? 993),
    security: mailbox?.security ?? 'implicit',
    user: mailbox?.user ?? '',
    hasPassword: mailbox?.hasPassword ?? false,
    verifyCertificate: mailbox?.verifyCertificate ?? true,
    keepSent: mailbox?.keepsSent ?? false,
  };
}

async function connect(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const { company, view } = c.var;
  const done = await inCompany(needs.database, company.id, (tx) =>
    connectMailbox(tx, needs.senders, refOf(c), inputOf(form), needs.clock()),
  );
  if (done.ok)
    return seeOther(needs, c, paths.settingsSenders, { state: 'opened', text: view.t('mailbox.saved') });
  if (done.reason === 'not_found' || done.reason === 'method_has_no_mailbox')
    return answerProblem(c, 'not_found');
  const errors = { [fieldOf[done.reason]]: wrong(view, done.reason) };
  const values = { ...inputOf(form), port: form.text('port'), user: form.text('user'), hasPassword: false };
  return show(needs, c, {
    values: {
      ...values,
      verifyCertificate: values.verifyCertificate ?? true,
      keepSent: values.keepSent ?? false,
    },
    errors,
  });
}

const fieldOf: Readonly<Record<Exclude<MailboxRefusal, 'not_found' | 'method_has_no_mailbox'>, string>> = {
  host_invalid: 'host',
  host_not_allowed: 'host',
  port_invalid: 'port',
  password_missing: 'password',
};

function inputOf(form: PostedForm): MailboxInput {
  const security = (['implicit', 'starttls', 'none'] as const).find((one) => one === form.text('security'));
  const password = form.text('password');
  return {
    host: form.text('host').trim(),
    port: Number(form.text('port')),
    security: security ?? 'implicit',
    user: form.text('user').trim() || null,
    ...(password ? { password } : {}),
    verifyCertificate: form.text('verifyCertificate') !== '',
    keepSent: form.has('keepSent'),
  };
}

import type { Context } from 'hono';
import { hasFeature } from '#domain/accounts';
import { releaseForSender } from '#domain/outbox';
import {
  getIncamail,
  type IncamailInput,
  markings,
  saveIncamail,
  sendIncamailTest,
  usualMostBytes,
} from '#domain/registered';
import { listMailboxes } from '#domain/returns';
import { checkSender, getSender } from '#domain/senders';
import { inCompany } from '#stores/database';
import { byOf } from '../documents/author.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type IncamailModel, IncamailScreen } from '../screens/settings-incamail.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { markedErrors } from '../staff/wording.ts';
import { mailboxState } from './add-mailbox.tsx';
import { problemSentence } from './sender-words.ts';

type C = Context<StaffEnv>;
type Values = IncamailModel['values'];
const megabyte = 2 ** 20;

/** The account with IncaMail; outside the plan there is no such page. */
export function addIncamail(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.settingsIncamail, ownersOnly(), (c) => inPlan(c, () => show(needs, c)));
  app.post(paths.settingsIncamail, ownersOnly(), (c) => inPlan(c, () => save(needs, c)));
  app.post(paths.incamailTest, ownersOnly(), (c) => inPlan(c, () => test(needs, c)));
}

function inPlan(c: C, then: () => Promise<Response>): Promise<Response> | Response {
  return hasFeature(c.var.company, 'registered') ? then() : answerProblem(c, 'not_found');
}

async function show(needs: WebNeeds, c: C, refused?: { values: Values; errors: Errors }): Promise<Response> {
  const { company, view, session } = c.var;
  const { account, sender, mailbox } = await inCompany(needs.database, company.id, async (tx) => {
    const found = await getIncamail(tx, company.id);
    const mailboxes = await listMailboxes(tx, company.id);
    return {
      account: found,
      sender: found ? await getSender(tx, company.id, found.senderId) : null,
      mailbox: mailboxes.find((one) => one.senderId === found?.senderId),
    };
  });
  const known = sender?.method === 'smtp' ? sender : null;
  const problem =
    known?.state === 'broken'
      ? problemSentence(view, known.problem ?? 'protocol_error', known.address)
      : null;
  const model: IncamailModel = {
    values: refused?.values ?? {
      isActive: account?.isActive ?? false,
      address: known?.address ?? session.user.email,
      user: known?.settings.user ?? '',
      hasPassword: known?.hasPassword ?? false,
      host: known?.settings.host ?? '',
      port: String(known?.settings.port ?? 587),
      security: securities.find((one) => one === known?.settings.security) ?? 'starttls',
      verifyCertificate: known?.settings.verifyCertificate ?? true,
      marking: account?.marking ?? 'subject',
      headerName: account?.headerName ?? '',
      suffix: account?.suffix ?? '',
      receiptsFrom: (account?.receiptsFrom ?? usualPlaces).join('\n'),
      roots: account?.roots ?? '',
      mostBytes: String(Math.floor((account?.mostBytes ?? usualMostBytes) / megabyte)),
    },
    account: known ? { senderId: known.id, problem, mailbox: mailboxState(view, mailbox) } : null,
    testTo: session.user.email,
    errors: refused?.errors ?? {},
  };
  return page(c, <IncamailScreen view={view} model={model} />, refused ? 422 : 200);
}

/** Domains of Swiss Post; which of them its receipts come from is not published. */
const usualPlaces = ['incamail.ch', 'incamail.com', 'post.ch'];
const securities = ['implicit', 'starttls', 'none'] as const;

async function save(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const { company, view } = c.var;
  const { actor, id: by } = byOf(c);
  const input = inputOf(form);
  const of = { companyId: company.id, actor, by };
  const saved = await inCompany(needs.database, company.id, (tx) =>
    saveIncamail(tx, needs.senders, of, input, needs.clock()),
  );
  if (!saved.ok) {
    const { mostBytes: _, password: _typed, ...values } = input;
    const shown = {
      ...values,
      security: securities.find((one) => one === values.security) ?? 'starttls',
      hasPassword: false,
      port: form.text('port'),
      receiptsFrom: form.text('receiptsFrom'),
      mostBytes: form.text('mostBytes'),
    };
    return show(needs, c, { values: shown, errors: markedErrors(view, saved.problems) });
  }
  const { senderId } = saved.account;
  const checked = await checkSender(needs.senders, { companyId: company.id, senderId, actor: 'user' });
  if (!checked.ok || !checked.check.works) {
    const problem = checked.ok ? (checked.check.problem ?? 'protocol_error') : 'protocol_error';
    const why = problemSentence(view, problem, input.address);
    return seeOther(needs, c, paths.settingsIncamail, {
      state: 'failed',
      text: view.t('incamail.saved.not', { why }),
    });
  }
  await inCompany(needs.database, company.id, (tx) =>
    releaseForSender(tx, company.id, senderId, needs.clock()),
  );
  return seeOther(needs, c, paths.settingsIncamail, {
    state: 'opened',
    text: view.t('incamail.saved.works'),
  });
}

async function test(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view, session } = c.var;
  const of = { companyId: company.id, to: session.user.email, language: session.user.language };
  const sent = await sendIncamailTest({ ...needs.senders, database: needs.database }, of, needs.clock());
  if (!sent) return answerProblem(c, 'not_found');
  const answer = sent.answer.slice(0, 300);
  return seeOther(needs, c, paths.settingsIncamail, {
    state: sent.ok ? 'opened' : 'failed',
    text: view.t(sent.ok ? 'incamail.test.sent' : 'incamail.test.failed', { answer }),
  });
}

function inputOf(form: PostedForm): IncamailInput {
  return {
    isActive: form.has('isActive'),
    address: form.text('address').trim(),
    user: form.text('user').trim(),
    ...(form.text('password') ? { password: form.text('password') } : {}),
    host: form.text('host').trim(),
    port: Number(form.text('port')),
    security: securities.find((one) => one === form.text('security')) ?? 'starttls',
    verifyCertificate: form.has('verifyCertificate'),
    marking: markings.find((one) => one === form.text('marking')) ?? 'subject',
    headerName: form.text('headerName'),
    suffix: form.text('suffix'),
    receiptsFrom: form
      .text('receiptsFrom')
      .split(/[\s,;]+/)
      .filter((one) => one !== ''),
    roots: form.text('roots'),
    mostBytes: Number(form.text('mostBytes')) * megabyte,
  };
}

import type { Context } from 'hono';
import {
  beginSelfTest,
  readSelfTest,
  type SelfTestDeps,
  takePastedSource,
  testWays,
  waysOf,
} from '#domain/returns';
import { getSender } from '#domain/senders';
import { inCompany } from '#stores/database';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type SelfTestModel, SelfTestScreen } from '../screens/settings-self-test.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';
import { lastModel } from './self-test-words.ts';

type C = Context<StaffEnv>;

/** Finds out what of a sender's e-mails survives the way: sends a test, and takes the source of one that arrived. */
export function addSelfTest(app: StaffApp, needs: WebNeeds): void {
  const path = '/settings/senders/:id/self-test';
  app.get(path, ownersOnly(), (c) => show(needs, c, {}));
  app.post(path, ownersOnly(), (c) => begin(needs, c));
  app.get(`${path}/source`, (c) => c.redirect(paths.senderSelfTest(c.req.param('id') ?? ''), 303));
  app.post(`${path}/source`, ownersOnly(), (c) => paste(needs, c));
}

async function show(needs: WebNeeds, c: C, errors: Errors): Promise<Response> {
  const { company, view } = c.var;
  const found = await inCompany(needs.database, company.id, async (tx) => {
    const sender = await getSender(tx, company.id, c.req.param('id') ?? '');
    if (!sender || sender.deletedAt || sender.method === 'sandbox') return null;
    return { sender, standing: await readSelfTest(tx, needs.senders, sender, company.trackReplies) };
  });
  if (!found) return answerProblem(c, 'not_found');
  const { sender, standing } = found;
  const model: SelfTestModel = {
    sender: sender.id,
    address: sender.address,
    ways: await waysOf(depsOf(needs), sender),
    errors,
    last: standing ? lastModel(view, sender, standing) : null,
  };
  return page(c, <SelfTestScreen view={view} model={model} />, Object.keys(errors).length > 0 ? 422 : 200);
}

async function begin(needs: WebNeeds, c: C): Promise<Response> {
  const { company, session, view } = c.var;
  const senderId = c.req.param('id') ?? '';
  const wanted = (await readForm(c)).text('way');
  const begun = await beginSelfTest(depsOf(needs), {
    companyId: company.id,
    senderId,
    way: testWays.find((one) => one === wanted),
    to: session.user.email,
    language: session.user.language,
  });
  if (begun.ok) return seeOther(needs, c, paths.senderSelfTest(senderId));
  if (begun.reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.settingsSenders, { state: 'failed', text: wrong(view, begun.reason) });
}

async function paste(needs: WebNeeds, c: C): Promise<Response> {
  const senderId = c.req.param('id') ?? '';
  const source = (await readForm(c)).text('source');
  const taken = await takePastedSource(depsOf(needs), { companyId: c.var.company.id, senderId, source });
  if (taken.ok) return seeOther(needs, c, paths.senderSelfTest(senderId));
  if (taken.reason === 'not_found') return answerProblem(c, 'not_found');
  return show(needs, c, { source: wrong(c.var.view, taken.reason) });
}

function depsOf(needs: WebNeeds): SelfTestDeps {
  return needs;
}

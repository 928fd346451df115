import type { Context } from 'hono';
import { releaseForSender } from '#domain/outbox';
import { removeSender } from '#domain/returns';
import {
  changeSender,
  checkSender,
  createSender,
  getSender,
  isProviderSender,
  type SenderRefusal,
  setDefaultSender,
} from '#domain/senders';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';
import { saveRule } from './add-address-rule.ts';
import { addConnecting, afterAccount } from './add-connecting.ts';
import { mailCode } from './add-sender-codes.ts';
import { guessServer } from './guess-server.ts';
import { mainOf, methods, openSenderForm } from './open-sender-form.ts';
import {
  readValues,
  refusalErrors,
  type SenderValues,
  toChange,
  toNewSender,
  valuesOf,
  withGuess,
} from './sender-form.ts';
import { makeSenderResults } from './sender-results.ts';
import { guessNote } from './sender-words.ts';
import { type SendersDesk as Desk, showSenders } from './senders-page.tsx';

type C = Context<StaffEnv>;

/** The addresses that mail goes out from: list, form, test. A password goes in and never comes back. */
export function addSenders(app: StaffApp, needs: WebNeeds): void {
  const desk: Desk = { needs, results: makeSenderResults() };
  app.get(paths.settingsSenders, async (c) =>
    showSenders(desk, c, { editing: await openSenderForm(desk, c) }),
  );
  app.post(paths.settingsSenders, ownersOnly(), (c) => save(desk, c, null));
  addConnecting(app, needs, (c, senderId) => test(desk, c, { senderId }));
  app.post(paths.settingsAddressRule, ownersOnly(), (c) => saveRule(desk, c));
  app.get('/settings/senders/:id', (c) => c.redirect(formOf(c.req.param('id')), 303));
  app.post('/settings/senders/:id', ownersOnly(), (c) => save(desk, c, c.req.param('id') ?? ''));
  app.post('/settings/senders/:id/test', ownersOnly(), (c) =>
    test(desk, c, { senderId: c.req.param('id') ?? '', sendTestTo: c.var.session.user.email }),
  );
  app.post('/settings/senders/:id/default', ownersOnly(), async (c) => {
    const [companyId, senderId] = [c.var.company.id, c.req.param('id') ?? ''];
    const done = await inCompany(needs.database, companyId, (tx) =>
      setDefaultSender(tx, { companyId, senderId }, 'user', needs.clock()),
    );
    if (!done.ok) return refuse(desk, c, done.reason);
    const text = c.var.view.t('senders.madeDefault', { address: done.sender.address });
    return seeOther(needs, c, paths.settingsSenders, { state: 'opened', text });
  });
  app.post('/settings/senders/:id/delete', ownersOnly(), async (c) => {
    const [companyId, senderId] = [c.var.company.id, c.req.param('id') ?? ''];
    const { sender, done } = await inCompany(needs.database, companyId, async (tx) => ({
      sender: await getSender(tx, companyId, senderId),
      done: await removeSender(
        tx,
        { companyId, senderId, actor: 'user', by: c.var.session.user.id },
        needs.clock(),
      ),
    }));
    if (!done.ok) return refuse(desk, c, done.reason);
    const said = sender?.method === 'microsoft' ? 'senders.deleted.microsoft' : 'senders.deleted';
    const text = c.var.view.t(said, { address: sender?.address ?? '' });
    return seeOther(needs, c, paths.settingsSenders, { state: 'opened', text });
  });
}

/** Where the form of a sender is open. */
function formOf(senderId: string): string {
  return `${paths.settingsSenders}?${new URLSearchParams({ sender: senderId })}`;
}

/** Saves a new sender or a changed one, then tests it; or only looks for the server of the address that was typed. */
async function save(desk: Desk, c: C, id: string | null): Promise<Response> {
  const { needs } = desk;
  const { company, view } = c.var;
  const before = id
    ? await inCompany(needs.database, company.id, (tx) => getSender(tx, company.id, id))
    : null;
  if (id && (!before || before.deletedAt)) return answerProblem(c, 'not_found');
  const form = await readForm(c);
  const method = methods.find((one) => one === form.text('method')) ?? 'smtp';
  const main = await mainOf(needs, company.id, before?.viaSenderId ?? form.text('via'));
  const via = main ? { id: main.id, address: main.address } : null;
  const kept = before ? valuesOf(before, view.sandboxed, main) : { method, hasPassword: false, via };
  const values = readValues(form, kept);
  if (form.text('do') === 'guess') return showGuess(desk, c, id, values);
  const password = form.text('password');
  const saved = await inCompany(needs.database, company.id, (tx) =>
    id
      ? changeSender(
          tx,
          needs.senders,
          { companyId: company.id, senderId: id },
          toChange(values, password),
          'user',
          needs.clock(),
        )
      : createSender(tx, needs.senders, toNewSender(company.id, values, password), 'user', needs.clock()),
  );
  if (!saved.ok) {
    const errors = refusalErrors(view, saved.reason);
    return showSenders(desk, c, { editing: { id, values, errors }, status: 422 });
  }
  if (saved.sender.method === 'sandbox')
    return seeOther(needs, c, paths.settingsSenders, { state: 'opened', text: view.t('kit.saved') });
  if (isProviderSender(saved.sender)) return afterAccount(needs, c, saved.sender);
  if (saved.sender.problem === 'address_not_confirmed') {
    const mailed = await mailCode(needs, c, saved.sender.id, 'address');
    return seeOther(needs, c, `${paths.settingsSenders}#${saved.sender.id}`, mailed ?? undefined);
  }
  return test(desk, c, { senderId: saved.sender.id, makeDefault: values.isDefault, isSaved: true });
}

async function showGuess(desk: Desk, c: C, id: string | null, values: SenderValues): Promise<Response> {
  const { view } = c.var;
  const guess = await guessServer(values.address, desk.needs.config.dnsServers);
  if (!guess) {
    const errors = { address: wrong(view, 'address_invalid') };
    return showSenders(desk, c, { editing: { id, values, errors }, status: 422 });
  }
  const note = guessNote(view, guess);
  // 422 because Turbo shows an answer to a form in place only when it says that the form is not done.
  return showSenders(desk, c, {
    editing: { id, values: withGuess(values, guess), errors: {}, note },
    status: 422,
  });
}

/** Speaks to the server, and lets what waited for it go out when it works. */
async function test(
  { needs, results }: Desk,
  c: C,
  order: {
    readonly senderId: string;
    readonly sendTestTo?: string;
    readonly makeDefault?: boolean;
    readonly isSaved?: boolean;
  },
): Promise<Response> {
  const { company, session, view } = c.var;
  const { senderId, sendTestTo } = order;
  const asked = { companyId: company.id, senderId, sendTestTo, language: session.user.language };
  const checked = await checkSender(needs.senders, { ...asked, actor: 'user' });
  if (!checked.ok) return answerProblem(c, 'not_found');
  const { check, sender } = checked;
  const key = results.keep({
    companyId: company.id,
    senderId,
    check,
    at: needs.clock(),
    to: sendTestTo ?? null,
  });
  if (!check.works)
    return seeOther(needs, c, `${paths.settingsSenders}?sender=${senderId}&tested=${key}#sender`);
  const released = await inCompany(needs.database, company.id, async (tx) => {
    const ref = { companyId: company.id, senderId };
    if (order.makeDefault && !sender.isDefault) await setDefaultSender(tx, ref, 'user', needs.clock());
    return releaseForSender(tx, company.id, senderId, needs.clock());
  });
  const flash =
    released > 0
      ? ({ state: 'opened', text: view.t('senders.released', { count: released }) } as const)
      : order.isSaved && sender.replyTo && !sender.replyToProven
        ? await mailCode(needs, c, senderId, 'reply_to')
        : null;
  return seeOther(needs, c, `${paths.settingsSenders}?tested=${key}#${senderId}`, flash ?? undefined);
}

function refuse(desk: Desk, c: C, reason: SenderRefusal): Promise<Response> | Response {
  if (reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(desk.needs, c, paths.settingsSenders, { state: 'failed', text: wrong(c.var.view, reason) });
}

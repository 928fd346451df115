import type { Context } from 'hono';
import { isId } from '#base/ids';
import { changeCompany, type TrackingMode } from '#domain/accounts';
import { getDispatches } from '#domain/dispatch';
import { holdHistory, holdsOf, liftHold } from '#domain/tracking';
import { inCompany } from '#stores/database';
import { type FlashModel, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { documentKinds } from '../screens/document-words.ts';
import { hints, type PrivacyModel, PrivacyScreen } from '../screens/settings-privacy.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, ownPath, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

type C = Context<StaffEnv>;

/** What is recorded and for how long; the holds that keep it; the words for the company's own papers. */
export function addPrivacy(app: StaffApp, needs: WebNeeds): void {
  app.use(paths.settingsPrivacy, ownersOnly());
  app.get(paths.settingsPrivacy, async (c) =>
    page(c, <PrivacyScreen view={c.var.view} model={await privacyModel(needs, c)} />),
  );
  app.post(paths.settingsPrivacy, (c) => save(needs, c));
  app.post('/dispatches/:id/hold', (c) => hold(needs, c));
  app.post('/dispatches/:id/hold/lift', ownersOnly(), (c) => lift(needs, c));
}

async function privacyModel(needs: WebNeeds, c: C): Promise<PrivacyModel> {
  const { company, view } = c.var;
  const known = await inCompany(needs.database, company.id, async (tx) => ({
    holds: await holdsOf(tx, company.id),
  }));
  return {
    ceiling: company.trackingMode,
    byKind: company.trackingByKind,
    hintsOff: company.hintsOff,
    retentionDays: company.retentionDays,
    erasureOnRequest: company.erasureOnRequest,
    holds: known.holds.map((one) => ({ dispatch: one.dispatchId, reason: one.reason, at: one.placedAt })),
    processing: view.t('privacy.record.text', {
      company: company.name,
      address: company.address.replace(/\s*\n\s*/g, ', '),
      days: company.retentionDays,
      mode: company.trackingMode,
      basis: company.trackingBasis,
    }),
  };
}

async function save(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const form = await readForm(c);
  const modes = documentKinds.flatMap((kind) => {
    const mode = (['none', 'links', 'full'] as const).find((one) => one === form.text(`mode.${kind}`));
    return mode && mode !== company.trackingMode ? [[kind, mode] as [string, TrackingMode]] : [];
  });
  const shown = new Set(form.texts('hint'));
  const change = {
    trackingByKind: Object.fromEntries(modes),
    hintsOff: hints.filter((name) => !shown.has(name)),
    erasureOnRequest: form.text('erasure') === 'automatic' ? ('automatic' as const) : ('ask' as const),
  };
  await inCompany(needs.database, company.id, (tx) => changeCompany(tx, company.id, change, needs.clock()));
  return seeOther(needs, c, paths.settingsPrivacy, { state: 'opened', text: view.t('kit.saved') });
}

/** Anybody who may change things may keep them; only an owner may let go. */
async function hold(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view, session } = c.var;
  const dispatchId = c.req.param('id') ?? '';
  const form = await readForm(c);
  const back = ownPath(form.text('back'), paths.emails);
  const held = await inCompany(needs.database, company.id, async (tx) => {
    const [dispatch] = isId('dispatch', dispatchId)
      ? await getDispatches(tx, company.id, { ids: [dispatchId] })
      : [];
    if (!dispatch) return null;
    const placed = { placedBy: session.user.id, placedAt: needs.clock() };
    const one = { dispatchId, companyId: company.id, reason: form.text('reason'), ...placed };
    return holdHistory(tx, one, 'user');
  });
  if (!held) return answerProblem(c, 'not_found');
  const flash: FlashModel = held.ok
    ? { state: 'opened', text: view.t('hold.placed') }
    : { state: 'failed', text: view.t(`hold.${held.reason}`) };
  return seeOther(needs, c, back, flash);
}

async function lift(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view, session } = c.var;
  const of = { companyId: company.id, dispatchId: c.req.param('id') ?? '', by: session.user.id };
  const done = await inCompany(needs.database, company.id, (tx) => liftHold(tx, of, 'user', needs.clock()));
  if (!done) return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.settingsPrivacy, { state: 'opened', text: view.t('hold.lifted') });
}

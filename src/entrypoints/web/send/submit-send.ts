import type { Context } from 'hono';
import { sha256 } from '#base/crypto';
import { answerIdempotencyKey, claimIdempotencyKey } from '#domain/accounts';
import { type DispatchProblem, submitDispatch } from '#domain/dispatch';
import { storeExtraFile } from '#domain/documents';
import { checkSender, type Sender } from '#domain/senders';
import { inCompany, inPassing, type Tx } from '#stores/database';
import { authorOf } from '../documents/author.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import type { StaffEnv } from '../staff/env.ts';
import { keepFlash } from '../staff/flash.ts';
import { type Drafted, draftSend, type Sending } from './draft-send.ts';
import type { SendForm } from './send-form.ts';

export type SentOff =
  | { readonly ok: true; readonly next: string }
  | { readonly ok: false; readonly reason: 'document_missing' }
  | {
      readonly ok: false;
      readonly reason: 'refused';
      readonly problems: readonly DispatchProblem[];
      readonly errors: Errors;
      /** The form with its extra files stored, so that they need not be chosen again. */
      readonly form: SendForm;
      readonly senderSaid?: string;
    };

/**
 * Sends what the window says: asked facts and dispatch in one transaction. A sender that does not work is asked once more
 * before; while it does not, nothing is queued unless the person said "all the same". Refuses with everything that is wrong.
 */
export async function submitSend(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  given: SendForm,
  extra: readonly File[],
): Promise<SentOff> {
  const sending = { view: c.var.view, company: c.var.company, author: authorOf(c), now: needs.clock() };
  const { form, errors } = await storeExtra(needs, sending, given, extra);
  const drafted = await inPassing(needs.database, sending.company.id, (tx) => draftSend(tx, sending, form));
  if (!drafted) return { ok: false, reason: 'document_missing' };
  const refuse = (more: {
    problems?: readonly DispatchProblem[];
    errors?: Errors;
    senderSaid?: string;
  }): SentOff => ({
    ok: false,
    reason: 'refused',
    problems: more.problems ?? [],
    errors: { ...errors, ...more.errors },
    form,
    senderSaid: more.senderSaid,
  });
  const wrong = { ...factErrors(drafted), ...timeErrors(sending, drafted, form) };
  if (Object.keys({ ...errors, ...wrong }).length > 0 || drafted.problems.length > 0)
    return refuse({ problems: drafted.problems, errors: wrong });
  const fault = form.anyway ? null : await senderFault(needs, sending, drafted.draft.sender);
  if (fault) return refuse({ senderSaid: fault });
  return inCompany(needs.database, sending.company.id, (tx) =>
    sendOnce(tx, { needs, c, sending, form, refuse }),
  );
}

/** One claim per window: a second click finds what the first one did. */
async function sendOnce(
  tx: Tx<WebTables>,
  doing: {
    readonly needs: WebNeeds;
    readonly c: Context<StaffEnv>;
    readonly sending: Sending;
    readonly form: SendForm;
    readonly refuse: (more: { problems: readonly DispatchProblem[] }) => SentOff;
  },
): Promise<SentOff> {
  const { needs, c, sending, form, refuse } = doing;
  const { company, now } = sending;
  const key = `window:${form.once}`;
  const claim = await claimIdempotencyKey(
    tx,
    { companyId: company.id, key, requestHash: sha256(form.once) },
    now,
  );
  if (claim.kind === 'answered') return { ok: true, next: claim.answer };
  const drafted = await draftSend(tx, sending, form); // writes the asked facts
  if (!drafted) return { ok: false, reason: 'document_missing' };
  const submitted = await submitDispatch(tx, needs.submit, drafted.request, now);
  if (!submitted.ok) return refuse({ problems: submitted.reason === 'invalid' ? submitted.problems : [] });
  const { dispatch } = submitted;
  const [only, ...others] = dispatch.documentIds;
  const next = only && others.length === 0 ? `${paths.document(only)}?going=${dispatch.id}` : paths.documents;
  await answerIdempotencyKey(tx, { companyId: company.id, key, status: 303, answer: next });
  if (dispatch.sendAt || !dispatch.undoUntil || others.length > 0)
    keepFlash(needs, c, {
      state: 'opened',
      text: dispatch.sendAt
        ? sending.view.t('send.done.planned', { at: sending.view.format.dateTime(dispatch.sendAt) })
        : dispatch.channels.includes('email')
          ? sending.view.t('send.done', { count: drafted.draft.addressees.length })
          : sending.view.t('send.done.network', { company: drafted.draft.partner?.companyName ?? '' }),
    });
  return { ok: true, next };
}

async function storeExtra(
  needs: WebNeeds,
  { view, company, now }: Sending,
  form: SendForm,
  files: readonly File[],
): Promise<{ readonly form: SendForm; readonly errors: Errors }> {
  const ids: string[] = [];
  const refused: string[] = [];
  for (const file of files.slice(0, 20)) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const stored = await storeExtraFile(needs, { companyId: company.id, fileName: file.name, bytes }, now);
    if (stored.ok) ids.push(stored.file.id);
    else refused.push(view.t(`send.file.${stored.reason}`, { name: file.name }));
  }
  return {
    form: { ...form, ticked: [...(form.ticked ?? []), ...ids] },
    errors: refused.length > 0 ? { files: refused.join(' ') } : {},
  };
}

function factErrors({ facts }: Drafted): Errors {
  const entries = Object.entries(facts?.errors ?? {});
  return Object.fromEntries(entries.map(([field, said]) => [`facts.${field}`, said]));
}

/** The domain sends at once what was planned for a time that has passed; a person meant something else. */
function timeErrors({ view, now }: Sending, { request }: Drafted, form: SendForm): Errors {
  const { sendAt } = request;
  const isPast = form.when === 'at' && sendAt && sendAt <= now;
  return isPast ? { sendAt: view.t('send.wrong.send_at_past') } : {};
}

/** Why the sender cannot send just now, in words; null when it can. */
async function senderFault(
  needs: WebNeeds,
  { view, company }: Sending,
  sender: Sender | null,
): Promise<string | null> {
  if (!sender || sender.state === 'valid' || sender.method === 'sandbox') return null;
  const order = { companyId: company.id, senderId: sender.id, actor: 'user' as const };
  const checked = await checkSender(needs.senders, order);
  if (checked.ok && checked.check.works) return null;
  const key = `reason.${checked.ok ? (checked.check.problem ?? '') : ''}`;
  return view.t.has(key) ? view.t(key, { address: sender.address, count: 1 }) : view.t('send.senderBroken');
}

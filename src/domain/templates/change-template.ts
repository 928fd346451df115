import { newId } from '#base/ids';
import { getSender, type SenderTables } from '#domain/senders';
import type { Tx } from '#stores/database';
import { builtInText } from './built-in-text.ts';
import {
  cleanTemplate,
  type GivenTemplate,
  type Template,
  type TemplateProblem,
  templateProblems,
} from './template.ts';
import {
  clearDefault,
  lockCell,
  removeTemplate,
  selectTemplate,
  type TemplateTables,
  writeTemplate,
} from './template-table.ts';

type TemplateTx = Tx<TemplateTables & SenderTables>;

export type TemplateChanged =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly reason: 'unknown_template' }
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly TemplateProblem[] };

/**
 * Keeps a text: a new one, or the one with that id as it shall be from now on. The default mark moves within its kind, purpose and language.
 * Refuses with the fields that are wrong, a name that the cell has already among them.
 */
export async function saveTemplate(
  tx: TemplateTx,
  which: { readonly companyId: string; readonly id: string | null },
  given: GivenTemplate,
  now: Date,
): Promise<TemplateChanged> {
  const { companyId, id } = which;
  const before = id === null ? null : await selectTemplate(tx, companyId, id);
  if (id !== null && !before) return { ok: false, reason: 'unknown_template' };
  const problems = templateProblems(given);
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };
  const clean = cleanTemplate(given);
  const others = (await lockCell(tx, companyId, clean)).filter((one) => one.id !== id);
  const taken = others.some((one) => one.name.toLowerCase() === clean.name.toLowerCase());
  if (taken) return invalid({ path: 'name', reason: 'twice' });
  const tie = clean.senderId === before?.senderId ? null : await problemOfTie(tx, companyId, clean.senderId);
  if (tie) return invalid({ path: 'senderId', reason: tie });
  if (clean.isDefault)
    await clearDefault(
      tx,
      companyId,
      others.map((one) => one.id),
    );
  const isSame = before && before.subject === clean.subject && before.html === clean.html;
  const template: Template = {
    ...clean,
    id: before?.id ?? newId('template', now),
    companyId,
    version: (before?.version ?? 0) + (isSame ? 0 : 1),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  await writeTemplate(tx, template);
  return { ok: true, template };
}

/** Puts the built-in text of its kind, purpose and language into a template. */
export async function resetTemplate(
  tx: TemplateTx,
  companyId: string,
  id: string,
  now: Date,
): Promise<TemplateChanged> {
  const before = await selectTemplate(tx, companyId, id);
  if (!before) return { ok: false, reason: 'unknown_template' };
  return saveTemplate(tx, { companyId, id }, { ...before, ...builtInText(before) }, now);
}

/** Forgets a template; what was sent with it stays as it was. False when there is none. */
export function deleteTemplate(tx: Tx<TemplateTables>, companyId: string, id: string): Promise<boolean> {
  return removeTemplate(tx, companyId, id);
}

/** A text may be tied to a sender that works; one that breaks later holds its mails. */
async function problemOfTie(
  tx: TemplateTx,
  companyId: string,
  senderId: string | null,
): Promise<'sender_missing' | 'sender_not_valid' | null> {
  if (senderId === null) return null;
  const sender = await getSender(tx, companyId, senderId);
  if (!sender || sender.deletedAt) return 'sender_missing';
  return sender.state === 'valid' || sender.method === 'sandbox' ? null : 'sender_not_valid';
}

function invalid(problem: TemplateProblem): TemplateChanged {
  return { ok: false, reason: 'invalid', problems: [problem] };
}

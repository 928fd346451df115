import type { Language } from '#base/language';
import type { Document } from '#domain/documents';
import { getSenderRule, type SenderTables } from '#domain/senders';
import {
  builtInChoice,
  type ChosenText,
  defaultText,
  type Template,
  type TemplateTables,
  type TextKind,
} from '#domain/templates';
import type { Tx } from '#stores/database';
import type { Purpose } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';

/** What a text is about: the kind of the one document, or several. */
export function textKindOf(documents: readonly Document[]): TextKind {
  return documents.length === 1 ? (documents[0]?.kind ?? 'other') : 'several';
}

/**
 * The text of a mail before it is filled: the one that was asked for, a text that is not kept yet, or the default of kind, purpose and
 * language; where texts choose the sender, a sender that was asked for chooses its text. Refuses a template that is not there, and then proposes the default.
 */
export async function chooseText(
  tx: Tx<TemplateTables & SenderTables>,
  request: DispatchRequest,
  about: {
    readonly documents: readonly Document[];
    readonly purpose: Purpose;
    readonly language: Language;
    /** The one that `templateId` names, if it is there. */
    readonly asked: Template | null;
  },
): Promise<{ readonly chosen: ChosenText; readonly problems: readonly DispatchProblem[] }> {
  const { companyId, templateId, template, senderId } = request;
  const name = { kind: textKindOf(about.documents), purpose: about.purpose, language: about.language };
  if (template) return { chosen: { ...template, template: null }, problems: [] };
  if (templateId === null) return { chosen: builtInChoice(name), problems: [] };
  if (templateId === undefined) {
    const tiedTo = senderId && (await getSenderRule(tx, companyId)).rule === 'per_template' ? senderId : null;
    return { chosen: await defaultText(tx, companyId, name, tiedTo), problems: [] };
  }
  const { asked } = about;
  if (asked) return { chosen: { subject: asked.subject, html: asked.html, template: asked }, problems: [] };
  return {
    chosen: await defaultText(tx, companyId, name),
    problems: [{ path: 'templateId', reason: 'template_missing' }],
  };
}

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
  type TextName,
} from '#domain/templates';
import type { Tx } from '#stores/database';
import type { Purpose } from './dispatch.ts';
import type { CellText, DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import { once } from './once.ts';

/** What was chosen for mails of this kind in this language; undefined: nothing. */
export function cellFor(
  cells: readonly CellText[] | undefined,
  { kind, language }: Pick<CellText, 'kind' | 'language'>,
): CellText | undefined {
  return cells?.find((one) => one.kind === kind && one.language === language);
}

/** The request with what was chosen for mails of this kind in this language. */
export function withCell(request: DispatchRequest, kind: TextKind, language: Language): DispatchRequest {
  const cell = cellFor(request.cells, { kind, language });
  if (!cell) return request;
  const { text, templateId } = cell;
  const texts = text ? { [language]: text } : templateId === undefined ? request.texts : undefined;
  return { ...request, templateId: templateId === undefined ? request.templateId : templateId, texts };
}

/** What a text is about: the kind of the one document, or several. */
export function textKindOf(documents: readonly Document[]): TextKind {
  return documents.length === 1 ? (documents[0]?.kind ?? 'other') : 'several';
}

export interface TextChoice {
  readonly chosen: ChosenText;
  readonly problems: readonly DispatchProblem[];
}

interface About {
  readonly request: DispatchRequest;
  readonly documents: readonly Document[];
  readonly purpose: Purpose;
  readonly language: Language;
  /** The one that `templateId` names, if it is there. */
  readonly asked: Template | null;
}

/**
 * Gives the text of a mail before it is filled: the one that was asked for, a text that is not kept yet, or the default of kind, purpose
 * and language; where texts choose the sender, a sender that was asked for chooses its text. What many ask alike is read once. Refuses a template that is not there, and then proposes the default.
 */
export function textsOf(
  tx: Tx<TemplateTables & SenderTables>,
  companyId: string,
): (about: About) => Promise<TextChoice> {
  const usual = once(
    (name: TextName & { readonly tiedTo: string | null }) => defaultText(tx, companyId, name, name.tiedTo),
    ({ kind, purpose, language, tiedTo }) => [kind, purpose, language, tiedTo].join(),
  );
  const ruleOf = once(
    (id: string) => getSenderRule(tx, id),
    (id) => id,
  );
  return async ({ request, asked, documents, purpose, language }) => {
    const { templateId, template, senderId } = request;
    const name = { kind: textKindOf(documents), purpose, language };
    // A text that was given for this language goes before what the company keeps.
    const given = template ?? request.texts?.[language];
    if (given) return { chosen: { ...given, template: asked }, problems: [] };
    if (templateId === null) return { chosen: builtInChoice(name), problems: [] };
    if (templateId === undefined) {
      const tiedTo = senderId && (await ruleOf(companyId)).rule === 'per_template' ? senderId : null;
      return { chosen: await usual({ ...name, tiedTo }), problems: [] };
    }
    if (asked) return { chosen: { subject: asked.subject, html: asked.html, template: asked }, problems: [] };
    return {
      chosen: await usual({ ...name, tiedTo: null }),
      problems: [{ path: 'templateId', reason: 'template_missing' }],
    };
  };
}

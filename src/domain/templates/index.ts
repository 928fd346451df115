export { builtInText } from './built-in-text.ts';
export { deleteTemplate, resetTemplate, saveTemplate, type TemplateChanged } from './change-template.ts';
export {
  builtInChoice,
  type ChosenText,
  defaultText,
  fittingTemplates,
  getTemplate,
  listTemplates,
} from './choose-text.ts';
export {
  type DocumentSummary,
  type LetterDocument,
  type LetterParts,
  summaries as documentSummaries,
} from './letter.ts';
export { letterHtml } from './letter-html.ts';
export { letterText, plainText } from './letter-text.ts';
export {
  type LinkUrls,
  withLinks,
} from './links.ts';
export { type LetterColors, type LetterLook, lookColors } from './look.ts';
export { protectedTermIn } from './protected-terms.ts';
export { cleanSubject, type RenderedText, renderText } from './render-text.ts';
export { escapeHtml, htmlFromPlainText, sanitiseLetter } from './sanitise-letter.ts';
export { setAddressRule } from './set-address-rule.ts';
export { DOCUMENTS_PLACEHOLDER, splitBody } from './split-body.ts';
export { stuckTies } from './stuck-ties.ts';
export { type GivenTemplate, type Template, type TemplateProblem, textProblems } from './template.ts';
export type { TemplateTables } from './template-table.ts';
export {
  maximumTextLength,
  type TextKind,
  type TextName,
  type TextPurpose,
  type TextTemplate,
  textKinds,
  textPurposes,
} from './text.ts';
export {
  type TextDocument,
  type TextFacts,
  type TextVariables,
  textVariables,
  type VariableName,
  variableNames,
} from './text-variables.ts';
export { isTied, untieSender } from './untie-sender.ts';
export { variablesBack } from './variables-back.ts';

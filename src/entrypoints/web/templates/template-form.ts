import { isId } from '#base/ids';
import { isLanguage, type Language } from '#base/language';
import {
  type GivenTemplate,
  htmlFromPlainText,
  maximumTextLength,
  type TextKind,
  type TextName,
  type TextPurpose,
  textKinds,
  textPurposes,
} from '#domain/templates';
import type { PostedForm } from '../staff/read-form.ts';

/** Which cell a form or an address is about; what it does not say is the invoice's first mail in the given language. */
export function readName(text: (name: string) => string, language: Language): TextName {
  const [kind, purpose, of] = [text('kind'), text('purpose'), text('language')];
  return {
    kind: textKinds.find((one): one is TextKind => one === kind) ?? 'invoice',
    purpose: textPurposes.find((one): one is TextPurpose => one === purpose) ?? 'first',
    language: isLanguage(of) ? of : language,
  };
}

/** The editor as it was posted: rich text where it was touched, plain text without a script, else what it showed. */
export function readTemplate(form: PostedForm, language: Language): GivenTemplate {
  const senderId = form.text('senderId');
  return {
    ...readName(form.text, language),
    name: form.text('name'),
    subject: form.text('subject'),
    html: htmlOf(form).slice(0, maximumTextLength + 1),
    senderId: isId('sender', senderId) ? senderId : null,
    isDefault: form.has('isDefault'),
  };
}

function htmlOf(form: PostedForm): string {
  if (form.has('html')) return form.text('html');
  const isTouched = sameText(form.text('text')) !== sameText(form.text('textWas'));
  return isTouched ? htmlFromPlainText(form.text('text')) : form.text('htmlWas');
}

/** Browsers post line ends as CRLF (HTML §4.10.22.4). */
function sameText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

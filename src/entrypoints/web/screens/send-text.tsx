import type { View } from '../kit/index.ts';
import type { SendModel } from './send-model.ts';

/** The subject, and as it was proposed: what was not touched follows the facts and the chosen text. */
export function SubjectField({ view, model }: { readonly view: View; readonly model: SendModel }) {
  const error = model.errors['subject'];
  return (
    <>
      <input
        id="subject"
        name="subject"
        value={model.subject}
        required
        maxlength={250}
        aria-label={view.t('mail.subject')}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? 'subject-error' : undefined}
      />
      <input
        type="hidden"
        id="subjectWas"
        name="subjectWas"
        value={model.subjectIsOwn ? '' : model.subject}
      />
    </>
  );
}

/** The text: plain without a script, an editor with one. */
export function TextField({ model }: { readonly model: SendModel }) {
  return (
    <>
      <textarea
        id="text"
        name="text"
        rows={12}
        data-controller="rich-text"
        data-rich-text-html-value={model.html}
        data-rich-text-own-value={model.textIsOwn ? 'true' : 'false'}
      >
        {model.text}
      </textarea>
      <input type="hidden" id="textWas" name="textWas" value={model.textIsOwn ? '' : model.text} />
    </>
  );
}

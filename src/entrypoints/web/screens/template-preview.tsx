import { raw } from 'hono/html';
import { Note, paths, type View } from '../kit/index.ts';
import type { TemplateModel } from './template-model.ts';
import { Variables } from './template-variables.tsx';

type Props = { readonly view: View; readonly model: TemplateModel };

/** The right side: the text as a customer would read it, for a real document. Parts with an id follow the form. */
export function TemplatePreview({ view, model }: Props) {
  const { t } = view;
  return (
    <section class="preview" aria-label={t('send.preview')}>
      <div class="bar">
        <div class="seg" role="group" aria-label={t('send.preview')}>
          {(['mail', 'phone'] as const).map((as) => (
            <button
              type="submit"
              name="as"
              value={as}
              formaction={paths.templatePreview}
              formtarget="_blank"
              formnovalidate
              aria-pressed={as === 'mail' ? 'true' : 'false'}
              data-preview-target="tab"
              data-action="preview#show"
            >
              {t(`send.preview.${as}`)}
            </button>
          ))}
        </div>
        <span class="gap" />
        <label for="example">{t('templates.example')}</label>
        <span>
          <select id="example" name="example">
            {model.examples.map((one) => (
              <option value={one.id} selected={one.id === model.exampleId}>
                {one.title}
              </option>
            ))}
          </select>
        </span>
      </div>
      <TemplateNotes view={view} model={model} />
      <iframe
        class="frame"
        name="preview-frame"
        title={t('send.preview')}
        hidden
        data-preview-target="frame"
      />
      <article class="letter" data-preview-target="letter">
        <Letter view={view} model={model} />
      </article>
    </section>
  );
}

/** What the server answers to a changed form. */
export function TemplateParts({ view, model }: Props) {
  return (
    <>
      <TemplateNotes view={view} model={model} />
      <Letter view={view} model={model} />
      <Variables view={view} model={model} />
    </>
  );
}

function TemplateNotes({ view, model }: Props) {
  const { t } = view;
  const { preview } = model;
  return (
    <div class="notes" id="template-notes" role="status">
      {preview?.fault ? <Note state="failed">{t('templates.wrong', { message: preview.fault })}</Note> : null}
      {preview && preview.missing.length > 0 ? (
        <Note state="held">{t('send.missing', { list: preview.missing.join(', ') })}</Note>
      ) : null}
      {preview ? null : <p class="muted">{t('templates.example.none')}</p>}
    </div>
  );
}

function Letter({ view, model }: Props) {
  const { preview } = model;
  return (
    <div id="template-letter" class="body">
      {preview ? (
        <>
          <h2>{raw(preview.subject)}</h2>
          <div>{raw(preview.body.before)}</div>
          {preview.cards.map((card) => (
            <div class="fixed">
              <span>
                <b>{card.title}</b>
                <br />
                <span class="muted">{card.line}</span>
              </span>
              {card.button === null ? null : <span class="btn primary">{card.button}</span>}
            </div>
          ))}
          <div>{raw(preview.body.after)}</div>
        </>
      ) : (
        <p class="muted">{view.t('templates.example.none')}</p>
      )}
    </div>
  );
}

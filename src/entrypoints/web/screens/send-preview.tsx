import { Button, Icon, Note, type NoteState, paths, type View } from '../kit/index.ts';
import type { SendModel } from './send.tsx';

/** A piece of the mail's text as it will read: typed words, or a variable with its value (null: it has none and blocks). */
export type TextPiece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string | null };

export type PreviewModel = {
  readonly warnings: readonly {
    readonly state: NoteState;
    readonly bold: string;
    readonly text: string;
    readonly href: string | null;
    readonly wayOut: string | null;
  }[];
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  /** Paragraphs of the text, variables filled in for the first recipient. */
  readonly paragraphs: readonly (readonly TextPiece[])[];
  /** The part that always stands in the mail: what it is, its facts in one line, the button's words. */
  readonly card: { readonly title: string; readonly line: string; readonly button: string };
  readonly filled: number;
  readonly missing: readonly string[];
  /** To how many people it goes. */
  readonly people: number;
  /** Why it cannot be sent, as a sentence; null: it can. */
  readonly blocked: string | null;
};

type Props = { readonly view: View; readonly model: SendModel };

/** The right side: the mail as they will see it. Parts with an id are replaced as the form is changed. */
export function Preview({ view, model }: Props) {
  const { t } = view;
  return (
    <section class="preview" aria-label={t('send.preview')}>
      <div class="bar">
        <div class="seg" role="group" aria-label={t('send.preview')}>
          <PreviewTab view={view} as="mail" here />
          <PreviewTab view={view} as="phone" />
          <PreviewTab view={view} as="portal" />
        </div>
        <span class="gap" />
        <label for="templateId" class="sr">
          {t('send.template')}
        </label>
        <span>
          <select id="templateId" name="templateId">
            {model.templates.map((template) => (
              <option value={template.id} selected={template.id === model.templateId}>
                {template.label}
              </option>
            ))}
          </select>
        </span>
      </div>
      <SendNotes view={view} preview={model.preview} />
      <iframe
        class="frame"
        name="preview-frame"
        title={t('send.preview')}
        hidden
        data-preview-target="frame"
      />
      <Letter view={view} model={model} />
      <SendCap view={view} preview={model.preview} />
    </section>
  );
}

/** Posts the form to the preview: into a new tab without a script, into the frame with one. */
function PreviewTab(props: {
  readonly view: View;
  readonly as: 'mail' | 'phone' | 'portal';
  readonly here?: boolean;
}) {
  return (
    <button
      type="submit"
      name="as"
      value={props.as}
      formaction={paths.preview}
      formtarget="_blank"
      formnovalidate
      aria-pressed={props.here ? 'true' : 'false'}
      data-preview-target="tab"
      data-action="preview#show"
    >
      {props.view.t(`send.preview.${props.as}`)}
    </button>
  );
}

function Letter({ view, model }: Props) {
  const { t } = view;
  const error = model.errors['subject'];
  return (
    <article class="letter" data-preview-target="letter">
      <header>
        <LetterHead view={view} preview={model.preview} />
        <label class="sr" for="subject">
          {t('mail.subject')}
        </label>
        <input
          id="subject"
          name="subject"
          value={model.subject}
          required
          maxlength={500}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? 'subject-error' : undefined}
        />
        {error ? (
          <small class="late" id="subject-error">
            {error}
          </small>
        ) : null}
      </header>
      <LetterBody view={view} preview={model.preview} />
      <details class="fold edit" open={model.errors['text'] ? true : undefined}>
        <summary>
          <Icon name="chev" /> {t('send.edit')}
        </summary>
        <label class="sr" for="text">
          {t('send.text')}
        </label>
        <textarea id="text" name="text" rows={10} required aria-describedby="variables">
          {model.text}
        </textarea>
        {model.errors['text'] ? <small class="late">{model.errors['text']}</small> : null}
        <p class="variables" id="variables">
          <small>{t('send.variables')}</small>{' '}
          {model.variables.map((variable) => (
            <button
              type="button"
              class="chip"
              title={variable.meaning}
              data-action="preview#insert"
              data-text={`{{ ${variable.name} }}`}
            >
              {variable.meaning}
            </button>
          ))}
        </p>
        <label>
          <input type="checkbox" name="saveTemplate" /> {t('send.saveTemplate')}
        </label>
      </details>
    </article>
  );
}

function SendCap(props: { readonly view: View; readonly preview: PreviewModel }) {
  const { preview } = props;
  const { t } = props.view;
  return (
    <p class="cap" id="send-cap">
      <span>{t('send.onlyThis')}</span>
      <span>{t('send.filled', { filled: preview.filled, missing: preview.missing.length })}</span>
    </p>
  );
}

/** What the server answers to a changed form: the parts of the window that depend on it, each with its id. */
export function PreviewParts(props: {
  readonly view: View;
  readonly preview: PreviewModel;
  readonly when: 'now' | 'at';
}) {
  return (
    <>
      <SendNotes {...props} />
      <LetterHead {...props} />
      <LetterBody {...props} />
      <SendCap {...props} />
      <SendFoot {...props} />
    </>
  );
}

function SendNotes(props: { readonly view: View; readonly preview: PreviewModel }) {
  return (
    <div class="notes" id="send-notes">
      {props.preview.warnings.map((warning) => (
        <Note
          state={warning.state}
          wayOut={warning.href && warning.wayOut ? <a href={warning.href}>{warning.wayOut}</a> : null}
        >
          <b>{warning.bold}</b> {warning.text}
        </Note>
      ))}
    </div>
  );
}

function LetterHead(props: { readonly view: View; readonly preview: PreviewModel }) {
  const { view, preview } = props;
  return (
    <div class="head" id="send-head">
      {(['from', 'to', 'cc'] as const).map((name) =>
        preview[name] === '' ? null : (
          <span>
            {view.t(`mail.${name}`)} <b>{preview[name]}</b>
          </span>
        ),
      )}
    </div>
  );
}

function LetterBody(props: { readonly view: View; readonly preview: PreviewModel }) {
  const { view, preview } = props;
  return (
    <div class="body" id="send-body">
      {preview.paragraphs.map((pieces) => (
        <p>
          {pieces.map((piece) =>
            piece.kind === 'words' ? lines(piece.text) : <Variable view={view} piece={piece} />,
          )}
        </p>
      ))}
      <div class="fixed">
        <span>
          <b>{preview.card.title}</b>
          <br />
          <span class="muted">{preview.card.line}</span>
        </span>
        <span class="btn primary">{preview.card.button}</span>
      </div>
    </div>
  );
}

function Variable(props: { readonly view: View; readonly piece: Extract<TextPiece, { kind: 'variable' }> }) {
  const { piece } = props;
  if (piece.value === null) {
    return (
      <span class="var" data-missing>
        {piece.name}
      </span>
    );
  }
  return (
    <span class="var" title={piece.name}>
      {piece.value}
    </span>
  );
}

function lines(text: string) {
  return text.split('\n').map((line, at) => (
    <>
      {at > 0 ? <br /> : null}
      {line}
    </>
  ));
}

/** The foot: how many people, what is in the way, and the one filled button. */
export function SendFoot(props: {
  readonly view: View;
  readonly preview: PreviewModel;
  readonly when: 'now' | 'at';
}) {
  const { view, preview } = props;
  const { t } = view;
  const warnings = preview.warnings.length;
  return (
    <footer id="send-foot">
      <p role="status">
        {preview.blocked ? (
          <span class="late">{preview.blocked}</span>
        ) : (
          <>
            {warnings > 0 ? <a href="#send-notes">{t('send.warnings', { count: warnings })}</a> : null}
            {warnings > 0 ? ' · ' : null}
            {t('send.people', { count: preview.people })}
          </>
        )}
      </p>
      <div class="actions">
        <Button primary type="submit" kbd="Ctrl ↵" press="Ctrl+Enter" disabled={preview.blocked !== null}>
          {props.when === 'at' ? t('send.schedule') : t('send.send')}
        </Button>
      </div>
    </footer>
  );
}

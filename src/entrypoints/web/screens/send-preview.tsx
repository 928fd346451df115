import { raw } from 'hono/html';
import { Button, Icon, Note, paths, type View } from '../kit/index.ts';
import { ChannelLine } from './send-channels.tsx';
import { FileName, SenderSelect, SenderWhy, Shown } from './send-compose.tsx';
import type { PreviewModel, SendModel } from './send-model.ts';
import { HowChoice, ServiceHint, TrackingWhy } from './send-service.tsx';
import { SubjectField, TextField } from './send-text.tsx';

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
          <TemplateSelect model={model} />
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

/** The text, which may follow the address that is chosen. */
function TemplateSelect({ model }: { readonly model: SendModel }) {
  return (
    <>
      <select id="templateId" name="templateId">
        {model.templates.map((template) => (
          <option value={template.id} selected={template.id === model.templateId}>
            {template.label}
          </option>
        ))}
      </select>
      <Shown name="templateId" value={model.templateId} />
    </>
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
        <SubjectField view={view} model={model} />
        {error ? (
          <small class="late" id="subject-error">
            {error}
          </small>
        ) : null}
      </header>
      <LetterBody view={view} preview={model.preview} />
      <details class="fold edit" open={model.errors['text'] || model.replaces ? true : undefined}>
        <summary>
          <Icon name="chev" /> {t('send.edit')}
        </summary>
        <label class="sr" for="text">
          {t('send.text')}
        </label>
        <TextField model={model} />
        {model.errors['text'] ? <small class="late">{model.errors['text']}</small> : null}
        <p class="muted">{t('send.text.hint')}</p>
        <p class="actions">
          <span class="muted">{t('send.onlyThis')}</span>
          <Button quiet type="submit" action={paths.templateFromSend} noValidate>
            {t('send.saveText')}
          </Button>
        </p>
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
      {preview.missing.length > 0 ? (
        <span class="late">{t('send.missing', { list: preview.missing.join(', ') })}</span>
      ) : null}
    </p>
  );
}

/** What the server answers to a changed form: the parts of the window that depend on it, each with its id. */
export function PreviewParts({ view, model }: Props) {
  const { preview } = model;
  return (
    <>
      <ChannelLine view={view} model={model} />
      <SenderSelect model={model} />
      <TemplateSelect model={model} />
      <SenderWhy view={view} model={model} />
      <ServiceHint view={view} model={model} />
      <HowChoice view={view} model={model} />
      <TrackingWhy view={view} model={model} />
      <SendNotes view={view} preview={preview} />
      <LetterHead view={view} preview={preview} />
      <LetterBody view={view} preview={preview} />
      <SubjectField view={view} model={model} />
      <TextField model={model} />
      {model.fileName === null ? null : <FileName view={view} name={model.fileName} />}
      <SendCap view={view} preview={preview} />
      <SendFoot view={view} preview={preview} when={model.when.kind} />
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
  const { preview } = props;
  return (
    <div class="body" id="send-body">
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
    </div>
  );
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
            {[
              ...(preview.people > 0 ? [t('send.people', { count: preview.people })] : []),
              ...(preview.company ? [t('send.toInbox', { company: preview.company })] : []),
            ].join(' · ')}
          </>
        )}
      </p>
      <div class="actions">
        <Button primary type="submit" kbd="Ctrl ↵" press="Ctrl+Enter">
          {props.when === 'at' ? t('send.schedule') : t('send.send')}
        </Button>
      </div>
    </footer>
  );
}

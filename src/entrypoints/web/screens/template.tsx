import { Button, Icon, LinkButton, Note, Page, PostButton, paths, type View } from '../kit/index.ts';
import type { TemplateModel } from './template-model.ts';
import { TemplatePreview } from './template-preview.tsx';
import { Variables } from './template-variables.tsx';
import { kindWord } from './template-words.ts';

type Props = { readonly view: View; readonly model: TemplateModel };

/** A text with its variables on the left, what a customer would read on the right. Works without a script. */
export function TemplateScreen({ view, model }: Props) {
  const { t } = view;
  const { apart } = model;
  const of = t('templates.title', {
    kind: kindWord(view, model.kind),
    purpose: t(`purpose.${model.purpose}`, { origin: 'manual' }),
    language: model.languageName,
  });
  const title = apart ? `${apart.title}: ${of}` : of;
  const back = apart?.back ?? `${paths.settingsTemplates}?kind=${model.kind}&purpose=${model.purpose}`;
  return (
    <Page view={view} title={title} class="sending">
      <form
        class="window"
        method="post"
        action={apart?.action ?? (model.id === null ? paths.settingsTemplates : paths.template(model.id))}
        id="template"
        data-controller="preview variables"
        data-preview-url-value={paths.templatePreview}
        data-action="input->preview#changed change->preview#changed"
      >
        <input type="hidden" name="csrf" value={view.csrf} />
        {(['kind', 'purpose', 'language'] as const).map((name) => (
          <input type="hidden" name={name} value={model[name]} />
        ))}
        <header>
          <span class="mark mark-only">
            <Icon name="mark" class="i-l" />
          </span>
          <h1>{title}</h1>
          <LinkButton quiet href={back} kbd="Esc" press="Escape">
            {t('kit.close')}
          </LinkButton>
        </header>
        <main id="main" tabindex={-1}>
          <Editor view={view} model={model} />
          <TemplatePreview view={view} model={model} />
        </main>
        <Foot view={view} model={model} />
      </form>
    </Page>
  );
}

function Editor({ view, model }: Props) {
  const { t } = view;
  return (
    <div class="compose texting">
      {model.fromSend ? (
        <Note state="held" role="status">
          {t('templates.fromSend')}
        </Note>
      ) : null}
      {model.apart ? <p class="muted">{model.apart.note}</p> : <Keeping view={view} model={model} />}
      <Line view={view} model={model} name="subject" label={t('mail.subject')} />
      <TextPart view={view} model={model} />
    </div>
  );
}

/** What a template has beside its words: by which name, from whom, and whether it is proposed. */
function Keeping({ view, model }: Props) {
  const { t } = view;
  return (
    <>
      <Line
        view={view}
        model={model}
        name="name"
        label={t('templates.name')}
        hint={t('templates.name.hint')}
      />
      <SenderLine view={view} model={model} />
      <div class="line">
        <span class="lab" />
        <label>
          <input type="checkbox" name="isDefault" checked={model.isDefault} aria-describedby="default-why" />{' '}
          {t('templates.default')}
        </label>
        <small id="default-why">{t('templates.default.hint')}</small>
      </div>
    </>
  );
}

function SenderLine({ view, model }: Props) {
  const { t } = view;
  const stuck = model.senders.find((one) => one.stuck && one.id === model.senderId);
  return (
    <div class="line">
      <label for="senderId">{t('templates.sender')}</label>
      <select id="senderId" name="senderId">
        <option value="">{t('templates.sender.any')}</option>
        {model.senders.map((sender) => (
          <option value={sender.id} selected={sender.id === model.senderId}>
            {sender.stuck ? `✗ ${sender.label}` : sender.label}
          </option>
        ))}
      </select>
      {model.errors['senderId'] ? <small class="late">{model.errors['senderId']}</small> : null}
      {stuck && !model.errors['senderId'] ? (
        <small class="late">
          ✗ {t('templates.sender.stuck', { address: stuck.label })}{' '}
          <a href={paths.sender(stuck.id)}>{t('notice.mendSender')}</a>
        </small>
      ) : null}
    </div>
  );
}

function Line(
  props: Props & { readonly name: 'name' | 'subject'; readonly label: string; readonly hint?: string },
) {
  const { model, name } = props;
  const error = model.errors[name];
  const under = error ?? props.hint;
  return (
    <div class="line">
      <label for={name}>{props.label}</label>
      <input
        id={name}
        name={name}
        value={model[name]}
        required
        maxlength={name === 'name' ? 100 : 1000}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={under ? `${name}-under` : undefined}
        data-variables-target={name === 'subject' ? 'field' : undefined}
      />
      {under ? (
        <small id={`${name}-under`} class={error ? 'late' : undefined}>
          {under}
        </small>
      ) : null}
    </div>
  );
}

function TextPart({ view, model }: Props) {
  const { t } = view;
  const error = model.errors['html'];
  return (
    <div class="texttemplate">
      <label for="text">{t('send.text')}</label>
      <textarea
        id="text"
        name="text"
        rows={14}
        data-controller="rich-text"
        data-rich-text-html-value={model.html}
        data-rich-text-own-value="true"
        data-variables-target="field"
      >
        {model.text}
      </textarea>
      <input type="hidden" name="htmlWas" value={model.html} />
      <input type="hidden" name="textWas" value={model.text} />
      {error ? (
        <small class="late" role="alert">
          {error}
        </small>
      ) : null}
      <details class="fold" open>
        <summary>
          <Icon name="chev" /> {t('templates.variables')}
        </summary>
        <p class="muted">{t('templates.variables.hint')}</p>
        <Variables view={view} model={model} />
      </details>
    </div>
  );
}

function Foot({ view, model }: Props) {
  const { t } = view;
  const { apart } = model;
  return (
    <footer>
      <p>
        {apart?.reset ? (
          <PostButton quiet action={apart.reset.action} name="do" value="reset">
            {apart.reset.text}
          </PostButton>
        ) : null}
        {apart || model.id === null ? null : (
          <span class="actions">
            <PostButton quiet action={paths.templateReset(model.id)} confirm={t('templates.reset.confirm')}>
              {t('templates.reset')}
            </PostButton>
            <PostButton
              quiet
              action={paths.templateDelete(model.id)}
              confirm={t('templates.delete.confirm', { name: model.name })}
            >
              {t('templates.delete')}
            </PostButton>
          </span>
        )}
      </p>
      <div class="actions">
        <Button primary type="submit" kbd="Ctrl ↵" press="Ctrl+Enter">
          {apart?.save ?? t('templates.save')}
        </Button>
      </div>
    </footer>
  );
}

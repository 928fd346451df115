import { GoingOut, type GoingOutModel, Icon, LinkButton, Page, paths, type View } from '../kit/index.ts';
import { Compose } from './send-compose.tsx';
import type { SendModel } from './send-model.ts';
import { Preview, SendFoot } from './send-preview.tsx';

/** The send window: who and how on the left, the mail as it will be on the right. Works without a script. */
export function SendScreen(props: { readonly view: View; readonly model: SendModel }) {
  const { view, model } = props;
  const title = sendTitle(view, model);
  return (
    <Page view={view} title={title} class="sending">
      <form
        class="window"
        method="post"
        action={paths.sendWindow}
        enctype="multipart/form-data"
        id="send"
        data-controller="preview"
        data-preview-url-value={paths.preview}
        data-action="input->preview#changed change->preview#changed"
      >
        <input type="hidden" name="csrf" value={view.csrf} />
        <input type="hidden" name="once" value={model.once} />
        {model.replaces ? <input type="hidden" name="replaces" value={model.replaces} /> : null}
        <input type="hidden" name="purpose" value={model.purpose} />
        {model.documents.map((document) => (
          <input type="hidden" name="document" value={document.id} />
        ))}
        <WindowHead view={view} title={title} back={model.back} />
        <main id="main" tabindex={-1}>
          <Compose {...props} />
          <Preview {...props} />
        </main>
        <SendFoot view={view} preview={model.preview} when={model.when.kind} />
      </form>
    </Page>
  );
}

/** After "send": the same window, with the seconds to undo. */
export function GoingOutScreen(props: {
  readonly view: View;
  readonly title: string;
  readonly model: GoingOutModel;
}) {
  const { view, model } = props;
  return (
    <Page view={view} title={props.title} class="sending">
      <div class="window leaving">
        <WindowHead view={view} title={props.title} back={model.next} />
        <main id="main" tabindex={-1}>
          <p class="sentline">{view.t('going.line', { count: model.people })}</p>
        </main>
        <GoingOut view={view} model={model} />
      </div>
    </Page>
  );
}

function WindowHead(props: { readonly view: View; readonly title: string; readonly back: string }) {
  return (
    <header>
      <span class="mark mark-only">
        <Icon name="mark" class="i-l" />
      </span>
      <h1>{props.title}</h1>
      <LinkButton quiet href={props.back} kbd="Esc" press="Escape">
        {props.view.t('kit.close')}
      </LinkButton>
    </header>
  );
}

function sendTitle(view: View, model: SendModel): string {
  const document =
    model.documents.length === 1
      ? (model.documents[0]?.title ?? '')
      : view.t('send.documents', { count: model.documents.length });
  const values = { document, customer: model.customer ?? '', hasCustomer: model.customer ? 'yes' : 'no' };
  return view.t(model.purpose === 'reminder' ? 'send.title.reminder' : 'send.title', values);
}

import {
  type Errors,
  GoingOut,
  type GoingOutModel,
  Icon,
  type KnownAddress,
  LinkButton,
  Page,
  paths,
  type View,
} from '../kit/index.ts';
import { Compose } from './send-compose.tsx';
import type { AskedFactsModel } from './send-facts.tsx';
import { Preview, type PreviewModel, SendFoot } from './send-preview.tsx';

export type SendModel = {
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly customer: string | null;
  readonly purpose: 'first' | 'reminder' | 'resend';
  /** One for each window that was opened, so that a double click sends once. */
  readonly once: string;
  readonly service: 'standard' | 'registered' | 'confidential';
  /** Services that this installation offers; with one alone the line is not shown. */
  readonly services: readonly ('standard' | 'registered' | 'confidential')[];
  readonly senders: readonly { readonly id: string; readonly label: string }[];
  readonly senderId: string | null;
  /** Which address because of which rule, in words; and whether the sender works. */
  readonly senderReason: string;
  readonly senderState: 'valid' | 'unchecked' | 'broken';
  /** What the sender's server said when it was asked just now. */
  readonly senderSaid: string | null;
  readonly fromName: string;
  readonly to: readonly KnownAddress[];
  /** The addresses are guesses from the file's text, for a person to confirm. */
  readonly toIsProposed: boolean;
  readonly cc: readonly KnownAddress[];
  readonly bcc: readonly KnownAddress[];
  /** What was typed when it was refused: field → text. */
  readonly typed: Readonly<Partial<Record<'to' | 'cc' | 'bcc', string>>>;
  readonly copyToSender: boolean;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly bytes: number;
    readonly ticked: boolean;
    /** The XML that the customer's software reads. */
    readonly isXml: boolean;
  }[];
  readonly limitBytes: number;
  /** The name under which the document is attached; null with several documents. */
  readonly fileName: string | null;
  readonly attach: 'both' | 'link' | 'attachment';
  /** The tracking in force for these people. */
  readonly tracking: 'none' | 'links' | 'full';
  /** What may be chosen below the company's ceiling. */
  readonly trackingChoices: readonly ('none' | 'links' | 'full')[];
  readonly when: { readonly kind: 'now' } | { readonly kind: 'at'; readonly at: string };
  /** What the field for a time proposes, in the company's zone. */
  readonly proposedAt: string;
  readonly subject: string;
  /** True when the person has changed what the template says. */
  readonly subjectIsOwn: boolean;
  /** The text for the editor, cleaned; and as plain text, where there is no script. */
  readonly html: string;
  readonly text: string;
  readonly textIsOwn: boolean;
  readonly templates: readonly { readonly id: string; readonly label: string }[];
  readonly templateId: string | null;
  /** Facts that the file does not say, asked for here; null: all are known. */
  readonly facts: AskedFactsModel | null;
  readonly preview: PreviewModel;
  readonly errors: Errors;
  /** Where "Close" goes. */
  readonly back: string;
};

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

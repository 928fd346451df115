import {
  DispatchLine,
  Envelope,
  type EnvelopeModel,
  Icon,
  Layout,
  LinkButton,
  Menu,
  MenuButton,
  MenuLink,
  Money,
  Note,
  PageHead,
  Pages,
  People,
  type Person,
  PostButton,
  paths,
  Section,
  Timeline,
  type View,
} from '../kit/index.ts';
import { DocumentFacts, type DocumentFactsModel } from './document-facts.tsx';
import { DocumentRest, type VersionModel } from './document-rest.tsx';
import { documentTitle } from './document-words.ts';
import { type EventModel, happeningOf } from './event-words.ts';

export type DispatchModel = {
  readonly id: string;
  readonly purpose: 'first' | 'reminder' | 'resend';
  readonly origin: 'manual' | 'automatic' | 'api';
  /** Sent by other means and only written down: post, hand, chat, phone, other. */
  readonly otherMeans: 'post' | 'hand' | 'chat' | 'phone' | 'other' | null;
  readonly envelope: EnvelopeModel;
  readonly at: Date;
  /** The address it went out from, and who sent it. */
  readonly from: string;
  readonly by: string | null;
  readonly people: readonly Person[];
  readonly events: readonly EventModel[];
  /** True while it can be taken back. */
  readonly canCancel: boolean;
};

export type DocumentModel = DocumentFactsModel & {
  readonly envelope: EnvelopeModel;
  /** Addresses of the page images; empty while they are made or when there are none. */
  readonly pages: readonly string[];
  readonly page: number;
  /** "PDF with Factur-X", as the format's name, and the file's size. */
  readonly format: string;
  readonly bytes: number;
  readonly dispatches: readonly DispatchModel[];
  readonly responses: readonly EventModel[];
  readonly versions: readonly VersionModel[];
  /** Another version replaces this one. */
  readonly replacedBy: string | null;
  readonly canRemind: boolean;
  /** The page that its recipients have got, as staff may look at it (never counted). */
  readonly portalPreview: string | null;
  /** The customer's own link, to copy into a chat. */
  readonly customerLink: string | null;
};

export function DocumentScreen(props: { readonly view: View; readonly model: DocumentModel }) {
  const { view, model } = props;
  const { t, format } = view;
  const title = documentTitle(view, model);
  return (
    <Layout view={view} title={title}>
      <PageHead title={title} line={<HeadLine {...props} />} actions={<HeadActions {...props} />} />
      {model.replacedBy ? (
        <Note
          state="unconfirmed"
          wayOut={<a href={paths.document(model.replacedBy)}>{t('document.newer')}</a>}
        >
          {t('document.replaced')}
        </Note>
      ) : null}
      <div class="split">
        <Pages
          view={view}
          title={title}
          pages={model.pages}
          here={model.page}
          hrefOf={(page) => `${paths.document(model.id)}?page=${page}`}
          caption={`${model.format}, ${format.bytes(model.bytes)}`}
          file={paths.documentFile(model.id)}
        />
        <div class="stack">
          <DocumentFacts view={view} model={model} />
          <Dispatches {...props} />
          <DocumentRest
            view={view}
            document={model.id}
            responses={model.responses}
            versions={model.versions}
          />
        </div>
      </div>
    </Layout>
  );
}

function HeadLine(props: { readonly view: View; readonly model: DocumentModel }) {
  const { view, model } = props;
  const { t, format } = view;
  return (
    <>
      {model.customer ? (
        <a href={paths.customer(model.customer.id)}>{model.customer.name}</a>
      ) : (
        t('documents.noCustomer')
      )}
      {model.total ? (
        <>
          {' · '}
          <Money view={view} amount={model.total} currency={model.currency} />
        </>
      ) : null}
      {model.dueDate
        ? ` · ${t('document.due', { date: format.date(model.dueDate), relative: format.relativeDay(model.dueDate) })}`
        : null}
      {' · '}
      <span
        id={`head-envelope-${model.id}`}
        data-live={`document:${model.id}`}
        data-fragment={`${paths.fragment('envelope', model.id)}?as=head`}
      >
        <Envelope view={view} envelope={model.envelope} />
      </span>
    </>
  );
}

function HeadActions(props: { readonly view: View; readonly model: DocumentModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <>
      <LinkButton primary href={paths.send([model.id])} kbd="S">
        {model.envelope.state === 'none' ? t('document.send') : t('document.sendAgain')}
      </LinkButton>
      {model.canRemind ? (
        <LinkButton href={paths.send([model.id], 'reminder')} kbd="R">
          {t('document.remind')}
        </LinkButton>
      ) : null}
      <LinkButton href={paths.documentFile(model.id)} icon="save" download>
        {t('document.download')}
      </LinkButton>
      <button type="button" class="icononly" popovertarget="document-menu" aria-label={t('kit.more')}>
        <Icon name="more" />
      </button>
      <DocumentMenu {...props} />
    </>
  );
}

function DocumentMenu(props: { readonly view: View; readonly model: DocumentModel }) {
  const { model } = props;
  const { t } = props.view;
  return (
    <Menu id="document-menu" label={t('kit.more')}>
      <button type="button" data-controller="print" data-action="print#page">
        <Icon name="print" /> {t('document.print')}
      </button>
      {model.customerLink ? (
        <button
          type="button"
          data-controller="copy"
          data-action="copy#copy"
          data-copy-text-value={model.customerLink}
          data-copy-done-value={t('kit.copied')}
        >
          <Icon name="copy" /> <span data-copy-target="said">{t('document.copyLink')}</span>
        </button>
      ) : null}
      {model.portalPreview ? (
        <MenuLink href={model.portalPreview} icon="viewed">
          {t('document.portal')}
        </MenuLink>
      ) : null}
      <hr />
      {(['post', 'hand', 'chat', 'phone'] as const).map((means) => (
        <MenuButton action={`${paths.document(model.id)}/other-means`} name="means" value={means} icon="hand">
          {t(`document.means.${means}`)}
        </MenuButton>
      ))}
    </Menu>
  );
}

/** One line per dispatch; replaced while one looks. The newest is open. */
export function Dispatches(props: {
  readonly view: View;
  readonly model: Pick<DocumentModel, 'id' | 'dispatches'>;
}) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div
      id={`dispatches-${model.id}`}
      data-live={`document:${model.id}`}
      data-fragment={paths.fragment('dispatches', model.id)}
    >
      <Section title={t('document.emails')} aside={<small>{t('document.emails.aside')}</small>}>
        {model.dispatches.length === 0 ? <p class="muted">{t('document.emails.none')}</p> : null}
        {model.dispatches.map((dispatch, at) => (
          <Dispatch view={view} dispatch={dispatch} open={at === 0} />
        ))}
      </Section>
    </div>
  );
}

function Dispatch(props: { readonly view: View; readonly dispatch: DispatchModel; readonly open: boolean }) {
  const { view, dispatch } = props;
  const { t, format } = view;
  const first = dispatch.people[0];
  return (
    <DispatchLine
      view={view}
      id={dispatch.id}
      open={props.open}
      name={dispatchName(view, dispatch)}
      envelope={dispatch.envelope}
      line={t('dispatch.line', {
        at: format.dateTime(dispatch.at),
        from: dispatch.from,
        by: dispatch.by ?? '',
        who: dispatch.otherMeans ? 'means' : dispatch.by ? 'user' : dispatch.origin,
      })}
    >
      {dispatch.people.length > 0 ? (
        <People view={view} people={dispatch.people} href={paths.message} />
      ) : null}
      <h3>{t('dispatch.happened')}</h3>
      <Timeline view={view} happenings={dispatch.events.map((event) => happeningOf(view, event))} />
      <p class="actions">
        {first ? <LinkButton href={paths.message(first.message)}>{t('dispatch.exact')}</LinkButton> : null}
        {dispatch.canCancel ? (
          <PostButton action={paths.dispatchCancel(dispatch.id)}>{t('dispatch.takeBack')}</PostButton>
        ) : null}
      </p>
    </DispatchLine>
  );
}

function dispatchName(view: View, dispatch: DispatchModel): string {
  if (dispatch.otherMeans) return view.t(`dispatch.means.${dispatch.otherMeans}`);
  const name = view.t(`purpose.${dispatch.purpose}`, { origin: dispatch.origin });
  return dispatch.envelope.state === 'canceled' ? view.t('dispatch.canceled', { name }) : name;
}

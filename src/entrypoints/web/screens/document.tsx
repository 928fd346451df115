import {
  DispatchLine,
  Envelope,
  type EnvelopeModel,
  GoingOut,
  Icon,
  Layout,
  LinkButton,
  Money,
  Note,
  PageHead,
  Pages,
  People,
  PostButton,
  paths,
  Section,
  Timeline,
  type View,
} from '../kit/index.ts';
import { DocumentFacts } from './document-facts.tsx';
import { DocumentMenu } from './document-menu.tsx';
import type { DispatchModel, DocumentModel } from './document-model.ts';
import { DocumentRest } from './document-rest.tsx';
import { documentTitle } from './document-words.ts';
import { happeningOf } from './event-words.ts';
import { EvidenceButtons } from './evidence-buttons.tsx';
import { NetworkLines } from './network-lines.tsx';

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
      {model.canceled ? (
        <Note
          state="held"
          wayOut={
            <PostButton class="link" action={paths.documentState(model.id)} name="do" value="restore">
              {t('document.restore')}
            </PostButton>
          }
        >
          {t('document.canceled')}
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
          none={model.imagesFailed ? t('sheet.failed') : undefined}
        />
        <div class="stack">
          <DocumentFacts view={view} model={model} />
          {(model.hints ?? []).map((hint) => (
            <Note state="unconfirmed">
              {hint.text} <a href={paths.settingsPrivacy}>{t('hints.off')}</a>
            </Note>
          ))}
          <Dispatches {...props} />
          <DocumentRest
            view={view}
            document={model.id}
            responses={model.responses}
            answersTo={model.answersTo ?? null}
            versions={model.versions}
          />
        </div>
      </div>
      {model.going ? <GoingOut view={view} model={model.going} /> : null}
    </Layout>
  );
}

function HeadLine(props: { readonly view: View; readonly model: DocumentModel }) {
  const { view, model } = props;
  const { t, format } = view;
  return (
    <>
      {model.customer?.id ? (
        <a href={paths.customer(model.customer.id)}>{model.customer.name}</a>
      ) : (
        (model.customer?.name ?? t('documents.noCustomer'))
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
      <HeadEnvelope view={view} document={model.id} envelope={model.envelope} />
    </>
  );
}

/** The envelope in the head of the page; replaced while one looks. */
export function HeadEnvelope(props: {
  readonly view: View;
  readonly document: string;
  readonly envelope: EnvelopeModel;
}) {
  return (
    <span
      id={`head-envelope-${props.document}`}
      data-live={`document:${props.document}`}
      data-fragment={`${paths.fragment('envelope', props.document)}?as=head`}
    >
      <Envelope view={props.view} envelope={props.envelope} />
    </span>
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
      line={`${toWhom(dispatch)}${t('dispatch.line', {
        at: format.dateTime(dispatch.at),
        from: dispatch.from,
        by: dispatch.by ?? '',
        who: dispatch.otherMeans ? 'means' : dispatch.by ? 'user' : dispatch.origin,
      })}`}
    >
      {dispatch.sum ? <p class="muted">{dispatch.sum}</p> : null}
      {dispatch.people.length > 0 ? (
        <People view={view} people={dispatch.people} href={paths.message} />
      ) : null}
      <NetworkLines view={view} lines={dispatch.network ?? []} />
      <h3>{t('dispatch.happened')}</h3>
      <Timeline view={view} happenings={dispatch.events.map((event) => happeningOf(view, event))} />
      {dispatch.isCut ? <p class="muted">{t('history.cut')}</p> : null}
      <p class="actions">
        {first ? <LinkButton href={paths.message(first.message)}>{t('dispatch.exact')}</LinkButton> : null}
        {dispatch.forWords ? (
          <LinkButton href={paths.writeAnew(dispatch.forWords)}>{t('notice.writeAnew')}</LinkButton>
        ) : null}
        {dispatch.canCancel ? (
          <PostButton action={paths.dispatchCancel(dispatch.id)}>{t('dispatch.takeBack')}</PostButton>
        ) : null}
      </p>
      {dispatch.otherMeans ? null : <EvidenceButtons view={view} dispatch={dispatch.id} />}
    </DispatchLine>
  );
}

/** The first of those it went to, and how many more: "Els Peeters +2 · ". */
function toWhom({ people }: DispatchModel): string {
  const [first, ...more] = people.filter((person) => person.role === 'to');
  if (!first) return '';
  return `${first.name || first.address}${more.length > 0 ? ` +${more.length}` : ''} · `;
}

function dispatchName(view: View, dispatch: DispatchModel): string {
  if (dispatch.otherMeans) return view.t(`dispatch.means.${dispatch.otherMeans}`);
  const plain = view.t(`purpose.${dispatch.purpose}`, { origin: dispatch.origin });
  const { ordinal } = dispatch;
  const name = ordinal ? view.t('dispatch.numbered', { name: plain, number: String(ordinal) }) : plain;
  if (dispatch.isTrial) return view.t('dispatch.trial', { name });
  return dispatch.envelope.state === 'canceled' ? view.t('dispatch.canceled', { name }) : name;
}

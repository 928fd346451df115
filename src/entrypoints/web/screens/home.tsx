import {
  countText,
  EmptyPlace,
  type EnvelopeModel,
  Icon,
  Layout,
  Money,
  Note,
  PageHead,
  PostButton,
  paths,
  Section,
  type View,
  When,
} from '../kit/index.ts';
import { DropZone } from './drop-zone.tsx';
import { type EventModel, happeningOf, stateOf } from './event-words.ts';
import { type NoticeModel, noticeTitle } from './notice-words.ts';

export type HomeModel = {
  /** The newest open notices, at most five, and how many there are. */
  readonly notices: readonly NoticeModel[];
  readonly noticeCount: number;
  /** Sent, not known to be opened, oldest first. */
  readonly waiting: readonly {
    readonly document: string;
    readonly title: string;
    readonly customer: string;
    readonly amount: string | null;
    readonly currency: string | null;
    readonly days: number;
    readonly envelope: EnvelopeModel;
    /** The page was fetched, probably by a person. */
    readonly isFetched?: boolean;
  }[];
  /** How many more wait than are listed. */
  readonly waitingMore?: { readonly count: number; readonly isMore: boolean };
  /** Queued and scheduled; these can be taken back. */
  readonly goingOut: readonly {
    readonly dispatch: string;
    readonly document: string;
    readonly title: string;
    readonly customer: string;
    /** Null: as soon as it is its turn. */
    readonly at: Date | null;
  }[];
  /** What just happened, newest first. */
  readonly feed: readonly (EventModel & {
    readonly href: string;
    readonly title: string;
  })[];
  /** The first steps while they are not all done; null afterwards. */
  /** What is wrong with the installation, in sentences. */
  readonly troubles?: readonly string[];
  readonly steps: { readonly sender: boolean; readonly document: boolean; readonly sent: boolean } | null;
};

export function HomeScreen(props: { readonly view: View; readonly model: HomeModel }) {
  const { view } = props;
  return (
    <Layout view={view} title={view.t('place.home')}>
      <HomeBody {...props} />
      <DropZone view={view} />
    </Layout>
  );
}

/** The numbers at the head and the four lists; replaced as one while one looks. */
export function HomeBody(props: { readonly view: View; readonly model: HomeModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div id="home" data-live="any" data-fragment={paths.fragment('home', 'body')}>
      <PageHead
        title={t('home.title', { name: view.user?.name.split(' ')[0] ?? '' })}
        line={t('home.line', {
          count: model.noticeCount,
          waiting: countText(view, {
            count: model.waiting.length + (model.waitingMore?.count ?? 0),
            isMore: model.waitingMore?.isMore ?? false,
          }),
        })}
      />
      {(model.troubles ?? []).map((trouble) => (
        <Note state="failed" role="alert">
          {trouble}
        </Note>
      ))}
      {model.steps ? <FirstSteps view={view} steps={model.steps} /> : null}
      <HomeLists {...props} />
    </div>
  );
}

function HomeLists(props: { readonly view: View; readonly model: HomeModel }) {
  return (
    <div class="split home">
      <div class="stack">
        <NeedsYou {...props} />
        <Waiting {...props} />
      </div>
      <div class="stack">
        <GoingOutList {...props} />
        <JustHappened {...props} />
      </div>
    </div>
  );
}

function FirstSteps(props: { readonly view: View; readonly steps: NonNullable<HomeModel['steps']> }) {
  const { t } = props.view;
  const steps = [
    ['document', paths.documents],
    ['sent', paths.documents],
    ['sender', paths.settingsSenders],
  ] as const;
  return (
    <Section title={t('home.steps')} class="steps">
      <ol role="list">
        {steps.map(([step, href]) => (
          <li data-state={props.steps[step] ? 'opened' : 'none'}>
            <Icon name={props.steps[step] ? 'tick' : 'none'} />
            {props.steps[step] ? (
              <span>{t(`home.step.${step}`)}</span>
            ) : (
              <a href={href}>{t(`home.step.${step}`)}</a>
            )}
            <small>{props.steps[step] ? t('home.step.done') : t(`home.step.${step}.why`)}</small>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function NeedsYou(props: { readonly view: View; readonly model: HomeModel }) {
  const { view, model } = props;
  const { t } = view;
  const more = model.noticeCount - model.notices.length;
  return (
    <Section
      title={t('home.needs')}
      aside={model.noticeCount > 0 ? <a href={paths.notices}>{t('home.needs.all')}</a> : null}
    >
      {model.notices.length === 0 ? (
        <EmptyPlace now={t('home.needs.none')} later={t('home.needs.later')} />
      ) : null}
      <ul class="lines" role="list">
        {model.notices.map((notice) => (
          <li data-state={notice.state}>
            <Icon name={notice.state} />
            <a href={`${paths.notices}#${notice.id}`}>{noticeTitle(view, notice)}</a>
            <When view={view} at={notice.at} />
          </li>
        ))}
      </ul>
      {more > 0 ? <p class="muted">{t('home.needs.more', { count: more })}</p> : null}
    </Section>
  );
}

function Waiting(props: { readonly view: View; readonly model: HomeModel }) {
  const { view, model } = props;
  const { t } = view;
  const { waitingMore } = model;
  return (
    <Section title={t('home.waiting')} aside={<small>{t('home.waiting.aside')}</small>}>
      {model.waiting.length === 0 ? (
        <EmptyPlace now={t('home.waiting.none')} later={t('home.waiting.later')} />
      ) : null}
      <ul class="lines" role="list">
        {model.waiting.map((line) => (
          <li data-state={line.envelope.state}>
            <Icon name={line.envelope.state} />
            <span>
              <a href={paths.document(line.document)}>{line.customer}</a>
              <small>
                {`${line.title} · ${t('home.waiting.days', { days: line.days })}`}
                {line.isFetched ? ` · ${t('home.waiting.fetched')}` : ''}
              </small>
            </span>
            <span class="num">
              <Money view={view} amount={line.amount} currency={line.currency} />
            </span>
          </li>
        ))}
      </ul>
      {waitingMore && waitingMore.count > 0 ? (
        <p class="muted">
          <a href={`${paths.documents}?filter=not_opened`}>
            {waitingMore.isMore
              ? t('home.waiting.many')
              : t('home.waiting.more', { count: waitingMore.count })}
          </a>
        </p>
      ) : null}
    </Section>
  );
}

function GoingOutList(props: { readonly view: View; readonly model: HomeModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section title={t('home.going')}>
      {model.goingOut.length === 0 ? (
        <EmptyPlace now={t('home.going.none')} later={t('home.going.later')} />
      ) : null}
      <ul class="lines" role="list">
        {model.goingOut.map((line) => (
          <li data-state="waiting">
            <Icon name="waiting" />
            <span>
              <a href={paths.document(line.document)}>{line.customer}</a>
              <small>
                {line.title} ·{' '}
                {line.at ? <When view={view} at={line.at} form="dateTime" /> : t('home.going.soon')}
              </small>
            </span>
            <PostButton quiet action={paths.dispatchCancel(line.dispatch)}>
              {t('home.going.cancel')}
            </PostButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function JustHappened(props: { readonly view: View; readonly model: HomeModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section title={t('home.feed')}>
      {model.feed.length === 0 ? <EmptyPlace now={t('home.feed.none')} later={t('home.feed.later')} /> : null}
      <ul class="lines" role="list">
        {model.feed.map((event) => (
          <li data-state={stateOf(event)}>
            <Icon name={stateOf(event)} />
            <span>
              <a href={event.href}>{event.title}</a>
              <small>{happeningOf(view, event).what}</small>
            </span>
            <When view={view} at={event.at} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

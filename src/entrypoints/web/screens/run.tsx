import { Chip, Icon, Layout, LinkButton, PageHead, PostButton, paths, type View } from '../kit/index.ts';
import { lineWord, RunLines } from './run-lines.tsx';
import { type LineState, lineStates, type RunModel } from './run-model.ts';
import { RunOptions } from './run-options.tsx';
import { RunTexts } from './run-texts.tsx';

/** One run: the dry run as a table, then its progress and what became of each line. The frame looks again by itself while it works. */
export function RunScreen(props: { readonly view: View; readonly model: RunModel }) {
  const { view, model } = props;
  const { t } = view;
  // While the seconds to undo are counted, the page comes back by itself at their end.
  const isAtWork = model.undoSeconds === null && (model.state === 'checking' || model.state === 'running');
  return (
    <Layout view={view} title={t('runs.title')}>
      <turbo-frame id="run" target="_top">
        <div {...(isAtWork ? { 'data-controller': 'again', 'data-again-seconds-value': '2' } : {})}>
          <PageHead
            crumbs={[{ href: paths.runs, text: t('runs.all') }]}
            title={t(`runs.head.${model.purpose}`, { count: model.documents })}
            line={t('runs.by', { by: model.by, lines: model.lines })}
            actions={<Deeds {...props} />}
          />
          {model.undoSeconds === null ? <Progress {...props} /> : <Starting {...props} />}
          <div class="filters">
            <Chip
              view={view}
              chip={{ href: paths.run(model.id), text: t('runs.lines.all'), count: model.lines, on: false }}
            />
            {lineStates
              .filter((state) => model.counts[state] > 0)
              .map((state) => (
                <Chip view={view} chip={chipOf(view, model, state)} />
              ))}
          </div>
          {model.state === 'ready' ? <RunTexts {...props} /> : null}
          {model.state === 'ready' ? <RunOptions {...props} /> : null}
          <RunLines {...props} />
        </div>
      </turbo-frame>
    </Layout>
  );
}

function chipOf(view: View, model: RunModel, state: LineState) {
  const isOn = model.shown === state;
  return {
    href: isOn ? paths.run(model.id) : `${paths.run(model.id)}?lines=${state}`,
    text: lineWord(view, model.state, state),
    count: model.counts[state],
    on: isOn,
  };
}

function Deeds(props: { readonly view: View; readonly model: RunModel }) {
  const { view, model } = props;
  const { t } = view;
  const action = paths.runDo(model.id);
  const isOver = model.state === 'finished' || model.state === 'canceled' || model.undoSeconds !== null;
  return (
    <>
      <LinkButton icon="save" href={paths.runResults(model.id)} download>
        {t('runs.results')}
      </LinkButton>
      {model.state === 'running' && model.undoSeconds === null ? (
        <PostButton action={action} name="do" value="pause">
          {t('runs.pause')}
        </PostButton>
      ) : null}
      {isOver ? null : (
        <PostButton action={action} name="do" value="cancel" confirm={t('runs.cancel.confirm')}>
          {t('runs.cancel')}
        </PostButton>
      )}
      {model.state === 'paused' ? (
        <PostButton primary action={action} name="do" value="resume">
          {t('runs.resume')}
        </PostButton>
      ) : null}
      {model.state === 'ready' && model.counts.ready > 0 ? (
        <PostButton primary icon="pass" action={action} name="do" value="start">
          {t('runs.start', { count: model.counts.ready })}
        </PostButton>
      ) : null}
    </>
  );
}

/** The seconds in which the start can be taken back: the server sends nothing before they are over. */
function Starting(props: { readonly view: View; readonly model: RunModel }) {
  const { view, model } = props;
  const seconds = model.undoSeconds ?? 0;
  return (
    <div
      class="run-starting"
      role="status"
      data-controller="countdown"
      data-countdown-seconds-value={seconds}
      data-countdown-text-value={view.t('runs.startsIn', { seconds: '{seconds}' })}
      data-countdown-next-value={paths.run(model.id)}
    >
      <p>
        <span class="env" data-state="waiting">
          <Icon name="waiting" />
          <span class="word" data-countdown-target="said" aria-hidden="true">
            {view.t('runs.startsIn', { seconds: String(seconds) })}
          </span>{' '}
          <small>{view.t('runs.startsIn.what', { count: model.counts.ready })}</small>
        </span>
      </p>
      <PostButton primary kbd="Z" action={paths.runDo(model.id)} name="do" value="undo">
        {view.t('going.undo')}
      </PostButton>
    </div>
  );
}

/** What is done of what there is to do, the rate and the time left: all worked out by the server, from its rows. */
function Progress(props: { readonly view: View; readonly model: RunModel }) {
  const { view, model } = props;
  const { t, format } = view;
  const { counts, lines } = model;
  const checked = lines - counts.unchecked;
  const done = counts.sent + counts.refused + counts.skipped;
  const toSend = done + counts.ready;
  const [value, max] = model.state === 'checking' ? [checked, lines] : [done, toSend];
  const parts = [
    t(`runs.progress.${model.state}`, { value: format.number(value), max: format.number(max), count: max }),
    model.perMinute === null ? '' : t('runs.rate', { count: model.perMinute }),
    model.secondsLeft === null
      ? ''
      : t('runs.left', { minutes: Math.ceil(model.secondsLeft / 60), seconds: model.secondsLeft }),
  ];
  return (
    <div class="run-progress" role="status">
      {model.state === 'ready' || model.state === 'canceled' ? null : (
        <progress aria-label={t('runs.progress')} value={value} max={Math.max(1, max)} />
      )}
      <p>{parts.filter(Boolean).join(' · ')}</p>
    </div>
  );
}

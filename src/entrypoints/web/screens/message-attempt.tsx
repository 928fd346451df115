import { type EnvelopeState, Icon, ServerWords, type View } from '../kit/index.ts';
import type { AttemptModel } from './message-model.ts';

const attemptStates: Record<NonNullable<AttemptModel['outcome']>, EnvelopeState> = {
  accepted: 'accepted',
  temporary: 'waiting',
  permanent: 'failed',
  unknown_after_dot: 'unconfirmed',
  lost: 'waiting',
};

/** One try to hand a message over: with whom, how protected, what they said; folded away unless `open`. */
export function Attempt(props: {
  readonly view: View;
  readonly attempt: AttemptModel;
  readonly open: boolean;
}) {
  const { view, attempt } = props;
  const { t, format } = view;
  const outcome = attempt.outcome ?? 'running';
  const line = [
    attempt.server,
    attempt.tls,
    attempt.durationMs === null ? null : `${format.number(attempt.durationMs)} ms`,
    attempt.nextTryAt ? t('attempt.next', { at: format.dateTime(attempt.nextTryAt) }) : null,
  ];
  const state = attempt.outcome === null ? 'waiting' : attemptStates[attempt.outcome];
  return (
    <details class="dispatch" open={props.open}>
      <AttemptSummary
        view={view}
        state={state}
        name={t('attempt.name', { number: attempt.number, at: format.exactTime(attempt.at) })}
        word={t(`attempt.${outcome}`)}
        line={line.filter(Boolean).join(' · ')}
      />
      <div>
        {attempt.problem ? <p>{attempt.problem}</p> : null}
        {attempt.inTheClear ? <InTheClear view={view} {...attempt.inTheClear} /> : null}
        {attempt.serverWords ? (
          <ServerWords words={attempt.serverWords} />
        ) : (
          <p class="muted">{t('attempt.silent')}</p>
        )}
        {attempt.dns ? (
          <details class="fold">
            <summary>{t('attempt.dns')}</summary>
            <ServerWords words={attempt.dns} />
          </details>
        ) : null}
      </div>
    </details>
  );
}

function AttemptSummary(props: {
  readonly view: View;
  readonly state: EnvelopeState;
  readonly name: string;
  readonly word: string;
  readonly line: string;
}) {
  return (
    <summary data-state={props.state}>
      <Icon name={props.state} />
      <strong>{props.name}</strong>
      <span class="env" data-state={props.state}>
        <span class="word">{props.word}</span>
      </span>
      <Icon name="chev" class="chev" />
      <small>{props.line}</small>
    </summary>
  );
}

/** Why a mail went in the clear although their server offers encryption, and what was heard then. */
function InTheClear(props: { readonly view: View; readonly words: string; readonly said: string }) {
  return (
    <>
      <p>{props.words}</p>
      <details class="fold">
        <summary>{props.view.t('attempt.inTheClear.said')}</summary>
        <ServerWords words={props.said} />
      </details>
    </>
  );
}

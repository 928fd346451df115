import type { Child } from 'hono/jsx';
import { Envelope, type EnvelopeModel } from './envelope.tsx';
import { Icon } from './icon.tsx';
import type { View } from './view.ts';

/** One dispatch, or one attempt: a line that opens. */
export function DispatchLine(props: {
  readonly view: View;
  readonly id: string;
  readonly name: string;
  readonly envelope: EnvelopeModel;
  readonly line: string;
  readonly open?: boolean;
  readonly children: Child;
}) {
  return (
    <details class="dispatch" id={props.id} open={props.open}>
      <summary data-state={props.envelope.state}>
        <Icon name={props.envelope.state} />
        <strong>{props.name}</strong>
        <Envelope view={props.view} envelope={props.envelope} />
        <Icon name="chev" class="chev" />
        <small>{props.line}</small>
      </summary>
      <div>{props.children}</div>
    </details>
  );
}

export type Person = {
  readonly message: string;
  readonly role: 'to' | 'cc' | 'bcc' | 'copy' | 'notification';
  readonly name: string | null;
  readonly address: string;
  readonly envelope: EnvelopeModel;
  /** A second line under the state: "not known to be read". */
  readonly remark?: string;
};

/** The people of a dispatch: To first; Cc and Bcc one level down. */
export function People(props: {
  readonly view: View;
  readonly people: readonly Person[];
  readonly href: (message: string) => string;
}) {
  const { view, people } = props;
  const others = people.filter((person) => person.role !== 'to');
  return (
    <>
      <PeopleTable {...props} people={people.filter((person) => person.role === 'to')} />
      {others.length > 0 ? (
        <details class="fold">
          <summary>
            <Icon name="chev" />{' '}
            {view.format.list(
              (['cc', 'bcc', 'copy', 'notification'] as const)
                .map((role) => ({ role, count: others.filter((other) => other.role === role).length }))
                .filter(({ count }) => count > 0)
                .map(({ role, count }) => view.t(`people.count.${role}`, { count })),
            )}
          </summary>
          <PeopleTable {...props} people={others} />
        </details>
      ) : null}
    </>
  );
}

function PeopleTable(props: {
  readonly view: View;
  readonly people: readonly Person[];
  readonly href: (message: string) => string;
}) {
  const { view } = props;
  return (
    <table class="people">
      <caption class="sr">{view.t('people.caption')}</caption>
      <tbody>
        {props.people.map((person) => (
          <tr>
            <td>{view.t(`people.role.${person.role}`)}</td>
            <td>
              <a href={props.href(person.message)}>{person.name ?? person.address}</a>
              {person.name === null ? null : <small>{person.address}</small>}
            </td>
            <td>
              <Envelope view={view} envelope={person.envelope} />
              {person.remark ? <small>{person.remark}</small> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who did it: a person (solid dot), a machine (hollow square), we (dash), or something went wrong (diamond). */
export type TimelineActor = 'person' | 'machine' | 'us' | 'fault';

export type Happening = {
  readonly at: Date;
  readonly actor: TimelineActor;
  readonly what: string;
  /** The class and its certainty: "scanner · certain". */
  readonly class?: string;
  readonly why?: string;
  /** Why the class was given: a sentence each, the rule that said so, and where that comes from. */
  readonly reasons?: readonly { readonly text: string; readonly rule: string; readonly source?: string }[];
  /** That and when the class was given anew. */
  readonly judged?: string;
  /** What somebody wrote, word for word. */
  readonly quote?: string;
};

/** What happened, oldest first; the day is written where it changes. `exact` writes seconds. */
export function Timeline(props: {
  readonly view: View;
  readonly happenings: readonly Happening[];
  readonly exact?: boolean;
}) {
  const { format } = props.view;
  let day = '';
  return (
    <ol class="timeline">
      {props.happenings.map((happening) => {
        const ofDay = format.date(happening.at);
        const shown = ofDay === day ? '' : `${ofDay} `;
        day = ofDay;
        const time = props.exact ? format.exactTime(happening.at) : format.time(happening.at);
        return (
          <li data-actor={happening.actor}>
            <time datetime={happening.at.toISOString()}>{`${shown}${time}`}</time>
            <p>
              {happening.what}{' '}
              {happening.class && !happening.reasons ? <span class="class">{happening.class}</span> : null}
              {happening.why ? <small>{happening.why}</small> : null}
            </p>
            <Reasons happening={happening} />
            {happening.quote ? <blockquote tabindex={0}>{happening.quote}</blockquote> : null}
          </li>
        );
      })}
    </ol>
  );
}

/** The class of a visit; opened, it says why. */
function Reasons({ happening }: { readonly happening: Happening }) {
  if (!happening.reasons) return null;
  return (
    <details class="reasons">
      <summary>
        <span class="class">{happening.class}</span>
        <Icon name="chev" class="chev" />
      </summary>
      {happening.reasons.map((reason) => (
        <p>
          {reason.text}
          <small>{reason.rule}</small>
          {reason.source ? <small>{reason.source}</small> : null}
        </p>
      ))}
      {happening.judged ? <p>{happening.judged}</p> : null}
    </details>
  );
}

/** The meaning of the timeline's marks. */
export function TimelineLegend(props: { readonly view: View }) {
  const { t } = props.view;
  return (
    <p class="legend">
      <span>● {t('timeline.person')}</span>
      <span>□ {t('timeline.machine')}</span>
      <span>— {t('timeline.us')}</span>
    </p>
  );
}

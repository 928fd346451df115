import { type EnvelopeIcon, Icon } from './icon.tsx';
import { paths } from './paths.ts';
import type { View } from './view.ts';

/** The contract's envelope. */
export type EnvelopeState = EnvelopeIcon;

/** What is known about one person of the newest dispatch, for the tip. */
export type TipLine = { readonly state: EnvelopeState; readonly who: string; readonly what: string };

export type EnvelopeModel = {
  readonly state: EnvelopeState;
  /** Of how many To recipients it holds; shown as "2 of 3" when `total` is above 1 and not all. */
  readonly reached?: number;
  readonly total?: number;
  /** How often, when it is about one person: "4×". */
  readonly times?: number;
  /** A failure that came after the customer had seen it: both are shown. */
  readonly alsoFailed?: boolean;
  /** When it goes out; only with `waiting`. */
  readonly at?: Date;
  /** Heading and lines of the tip: which dispatch, and who, when, how often. */
  readonly tip?: { readonly title: string; readonly lines: readonly TipLine[] };
};

/** The envelope without a tip: icon, word, count. The shape says it, the word says it again, the colour last. */
export function Envelope(props: { readonly view: View; readonly envelope: EnvelopeModel }) {
  return (
    <span class="env" data-state={props.envelope.state}>
      <EnvelopeFace {...props} />
    </span>
  );
}

/** The envelope in a list: a button whose tip opens on hover, focus and tap, and which is replaced while one looks. */
export function LiveEnvelope(props: {
  readonly view: View;
  readonly document: string;
  readonly envelope: EnvelopeModel;
}) {
  const { document, envelope } = props;
  const tipId = `tip-${document}`;
  return (
    <div
      class="has-tip"
      id={`envelope-${document}`}
      data-live={`document:${document}`}
      data-fragment={paths.fragment('envelope', document)}
    >
      {envelope.tip ? (
        <>
          <button type="button" class="env" data-state={envelope.state} aria-describedby={tipId} data-tip>
            <EnvelopeFace {...props} />
          </button>
          <div class="tip" role="tooltip" id={tipId}>
            <strong class="h">{envelope.tip.title}</strong>
            <ul role="list">
              {envelope.tip.lines.map((line) => (
                <li data-state={line.state}>
                  <Icon name={line.state} />
                  <span>
                    <b>{line.who}</b>
                    <small>{line.what}</small>
                  </span>
                </li>
              ))}
            </ul>
          </div>
        </>
      ) : (
        <Envelope {...props} />
      )}
    </div>
  );
}

/** The envelope of one message, replaced while one looks. */
export function LiveMessageEnvelope(props: {
  readonly view: View;
  readonly message: string;
  readonly envelope: EnvelopeModel;
}) {
  const { message } = props;
  return (
    <span
      id={`envelope-${message}`}
      data-live={`message:${message}`}
      data-fragment={paths.fragment('message-envelope', message)}
    >
      <Envelope {...props} />
    </span>
  );
}

function EnvelopeFace(props: { readonly view: View; readonly envelope: EnvelopeModel }) {
  const { view, envelope } = props;
  const count = countOf(view, envelope);
  return (
    <>
      <Icon name={envelope.state} />
      {envelope.alsoFailed ? <Icon name="failed" state="failed" /> : null}
      <span class="word">{wordOf(view, envelope)}</span>
      {count === null ? null : (
        <>
          {' '}
          <small>{count}</small>
        </>
      )}
    </>
  );
}

function wordOf(view: View, envelope: EnvelopeModel): string {
  if (envelope.state === 'waiting' && envelope.at)
    return view.t('envelope.goesOut', { at: view.format.moment(envelope.at) });
  return envelopeWord(view, envelope);
}

/** What the envelope says in words wherever it is not drawn: "Opened, then bounced". */
export function envelopeWord(view: View, envelope: Pick<EnvelopeModel, 'state' | 'alsoFailed'>): string {
  const word = view.t(`envelope.${envelope.state}`);
  return envelope.alsoFailed ? view.t('envelope.alsoFailed', { word }) : word;
}

function countOf(view: View, { reached, total, times }: EnvelopeModel): string | null {
  if (total !== undefined && total > 1 && reached !== undefined && reached < total)
    return view.t('envelope.count', { reached, total });
  return times !== undefined && times > 1 ? `${view.format.number(times)}×` : null;
}

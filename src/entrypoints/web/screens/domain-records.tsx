import { Button, Icon, type View } from '../kit/index.ts';
import type { RecordModel } from './domain-model.ts';

const icons = { opened: 'tick', failed: 'cross', unconfirmed: 'warn' } as const;

/** Records one by one: what each is for, how it stands, and what to put there. Those that are right are folded. */
export function Records(props: { readonly view: View; readonly records: readonly RecordModel[] }) {
  return (
    <ul class="records">
      {props.records.map((record) => (
        <li data-state={record.state}>
          <Icon name={icons[record.state]} />
          <div>
            <h3>{record.title}</h3>
            <small>{record.why}</small>
          </div>
          <span class="verdict">{record.verdict}</span>
          <div class="body">
            {record.state === 'opened' ? (
              <details class="fold">
                <summary>
                  <Icon name="chev" /> {props.view.t('domain.showRecord')}
                </summary>
                <Lines view={props.view} record={record} />
              </details>
            ) : (
              <Lines view={props.view} record={record} />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Lines(props: { readonly view: View; readonly record: RecordModel }) {
  const { view, record } = props;
  const { t } = view;
  const isSame = record.found.length === 1 && record.found[0] === record.expected;
  return (
    <>
      {record.problem ? <p>{record.problem}</p> : null}
      <dl class="dns">
        <dt>{record.type}</dt>
        <dd>{record.name}</dd>
        <Copy view={view} text={record.name} label={t('domain.copyName')} />
        <dt>{t('domain.expected')}</dt>
        <dd>
          <Words text={record.expected} other={record.found.join(' ')} as="ins" isMarked={!isSame} />
        </dd>
        <Copy view={view} text={record.expected} label={t('domain.copyValue')} />
        <dt>{t('domain.found')}</dt>
        {isSame ? <dd>{t('domain.same')}</dd> : null}
        {record.found.length === 0 ? <dd>{t('domain.nothing')}</dd> : null}
        {isSame
          ? null
          : record.found.map((text) => (
              <dd>
                <Words text={text} other={record.expected} as="del" isMarked={record.state !== 'opened'} />
              </dd>
            ))}
      </dl>
      {record.asked ? (
        <small class="asked muted">
          {t('domain.asked', { server: record.asked.server, minutes: record.asked.minutes })}
        </small>
      ) : null}
    </>
  );
}

function Copy(props: { readonly view: View; readonly text: string; readonly label: string }) {
  return (
    <dd class="act">
      <Button
        quiet
        icon="copy"
        data={{
          'data-controller': 'copy',
          'data-action': 'copy#copy',
          'data-copy-text-value': props.text,
          'data-copy-done-value': props.view.t('kit.copied'),
          'aria-label': props.label,
        }}
      >
        <span data-copy-target="said">{props.view.t('kit.copy')}</span>
      </Button>
    </dd>
  );
}

/** A text whose words are marked where the other one lacks them. */
function Words(props: {
  readonly text: string;
  readonly other: string;
  readonly as: 'ins' | 'del';
  readonly isMarked: boolean;
}) {
  const known = new Set(props.other.split(/\s+/));
  if (!props.isMarked || props.other === '') return <>{props.text}</>;
  return (
    <>
      {props.text.split(' ').map((word, at) => (
        <>
          {at > 0 ? ' ' : null}
          {known.has(word) ? word : props.as === 'ins' ? <ins>{word}</ins> : <del>{word}</del>}
        </>
      ))}
    </>
  );
}

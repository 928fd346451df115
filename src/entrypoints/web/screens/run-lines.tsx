import {
  Button,
  Cell,
  EmptyPlace,
  Envelope,
  Form,
  Icon,
  LinkButton,
  paths,
  Row,
  Table,
  type View,
} from '../kit/index.ts';
import type { RunLineModel, RunModel, RunState } from './run-model.ts';

/** A line per mail: who gets what from whom and why, what is missing and how to mend it, or what became of it. */
export function RunLines(props: { readonly view: View; readonly model: RunModel }) {
  const { view, model } = props;
  const { t } = view;
  if (model.rows.length === 0) return <EmptyPlace now={t('runs.lines.none')} />;
  const isOpen = model.state === 'ready';
  return (
    <Form view={view} action={paths.runLines(model.id)} class="list">
      <Table
        class="plain run"
        caption={t('runs.lines')}
        columns={[
          { name: t('column.customer') },
          { name: t('runs.to') },
          { name: t('runs.from'), class: 'mid' },
          { name: t('runs.text'), class: 'mid' },
          { name: t('runs.what'), class: 'mid' },
          { name: t('runs.result') },
        ]}
      >
        {model.rows.map((row) => (
          <Line view={view} row={row} run={model.state} />
        ))}
      </Table>
      <p class="actions">
        {isOpen && model.counts.blocked > 0 ? (
          <Button type="submit" name="do" value="check">
            {t('runs.checkAgain')}
          </Button>
        ) : null}
        {model.more ? <LinkButton href={model.more}>{t('runs.lines.more')}</LinkButton> : null}
      </p>
    </Form>
  );
}

function Line(props: { readonly view: View; readonly row: RunLineModel; readonly run: RunState }) {
  const { view, row, run } = props;
  return (
    <Row>
      <Cell class="name">
        <strong>{row.customer || view.t('documents.noCustomer')}</strong>
        <small class="docs-of">
          {row.documents.map((one, at) => (
            <>
              {at > 0 ? ', ' : null}
              <DocumentOf view={view} document={one} />
            </>
          ))}
        </small>
      </Cell>
      <Cell class="to">{row.to.join(', ')}</Cell>
      <Cell class="mid">
        {row.sender}
        {row.because ? <small class="muted">{row.because}</small> : null}
      </Cell>
      <Cell class="mid">
        {row.text?.href ? <a href={row.text.href}>{row.text.words}</a> : row.text?.words}
        {row.language ? <small class="muted">{row.language}</small> : null}
      </Cell>
      <Cell class="mid">
        {row.subject}
        <small class="muted">
          {[
            ...waysOf(view, row),
            row.attachments > 0
              ? view.t('runs.attachments', { count: row.attachments })
              : view.t('runs.linkOnly'),
            row.joined ? view.t('runs.joined', { count: row.joined }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
          {row.letter ? (
            <>
              {' · '}
              <a href={row.letter} target="_blank" rel="noopener">
                {view.t('runs.letter.see')}
              </a>
            </>
          ) : null}
        </small>
      </Cell>
      <Cell class="result">
        <Result view={view} row={row} run={run} />
      </Cell>
    </Row>
  );
}

/** One document of a mail; struck through with its reason where the others go without it. */
function DocumentOf(props: { readonly view: View; readonly document: RunLineModel['documents'][number] }) {
  const { id, number, leftOut, apart } = props.document;
  const link = <a href={paths.document(id)}>{number ?? props.view.t('notice.aDocument')}</a>;
  if (!leftOut)
    return apart ? (
      <>
        {link} ({apart})
      </>
    ) : (
      link
    );
  return (
    <>
      <s>{link}</s> ({leftOut})
    </>
  );
}

/** The ways of a line in words: by e-mail, by the network to whom. */
export function waysOf({ t }: View, { channels, company }: RunLineModel): string[] {
  return channels.map((channel) =>
    channel === 'email'
      ? t('runs.channel.email')
      : company
        ? t('send.channel.network', { company })
        : t('runs.channel.network'),
  );
}

const tones: Readonly<Record<RunLineModel['state'], string>> = {
  unchecked: 'muted',
  ready: 'good',
  blocked: 'late',
  excluded: 'muted',
  sent: 'good',
  refused: 'late',
  skipped: 'muted',
};

/** What became of a line, or would; what had not left when its run was canceled does not leave any more. */
export function lineWord({ t }: View, run: RunState, state: RunLineModel['state']): string {
  return isCanceled(run, state) ? t('runs.is.canceled') : t(`runs.state.${state}`);
}

function isCanceled(run: RunState, state: RunLineModel['state']): boolean {
  return run === 'canceled' && (state === 'ready' || state === 'unchecked');
}

function Result(props: { readonly view: View; readonly row: RunLineModel; readonly run: RunState }) {
  const { view, row, run } = props;
  const { t } = view;
  const isOpen = run === 'ready';
  if (row.state === 'sent' && row.envelope) return <Envelope view={view} envelope={row.envelope} />;
  return (
    <>
      <span class={isCanceled(run, row.state) ? 'muted' : tones[row.state]}>
        {lineWord(view, run, row.state)}
      </span>
      {row.problems.map((problem) => (
        <small class="why">
          {problem.sentence} {problem.repair ? <a href={problem.repair.href}>{problem.repair.text}</a> : null}
          {problem.again && isOpen ? (
            <Button type="submit" quiet name="again" value={row.id}>
              {t('runs.sendAgain')}
            </Button>
          ) : null}
        </small>
      ))}
      {run !== 'canceled' && (row.state === 'ready' || row.state === 'blocked')
        ? row.warnings?.map((sentence) => (
            <small class="why">
              <Icon name="warn" /> {sentence}
            </small>
          ))
        : null}
      {row.state === 'ready' && isOpen ? (
        <Button type="submit" quiet name="leave" value={row.id}>
          {t('runs.leaveOut')}
        </Button>
      ) : null}
    </>
  );
}

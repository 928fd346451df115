import { Button, Cell, Form, Section, type View } from '../kit/index.ts';

/** A table that was looked at; nothing of it is kept yet. */
export interface LookedTable<Line> {
  readonly fileName: string;
  /** The file again, for the button that takes it: base64. */
  readonly content: string;
  readonly lines: readonly (Line & {
    readonly row: number;
    /** What is wrong, as sentences. */
    readonly problems: readonly string[];
  })[];
}

/** How many lines of a table are shown; the rest is counted. */
export const shownLines = 200;

/** Asks for the file: what its first row may name, an example of it, and the button that looks at it first. */
export function ChooseTable(props: {
  readonly view: View;
  readonly action: string;
  readonly columns: string;
  readonly example: string;
  readonly error: string | null;
  /** Nothing was looked at yet, so that this button is the one to press. */
  readonly isFirst: boolean;
}) {
  const { view, action, error } = props;
  const { t } = view;
  return (
    <Section title={t('import.file')}>
      <p class="muted">{props.columns}</p>
      <pre class="server">{props.example}</pre>
      <Form view={view} action={action} errors={error ? { '': error } : {}} class="stack" multipart>
        <label class="f">
          <span>{t('import.choose')}</span>
          <input type="file" name="file" accept=".csv,.txt,.tsv,.xlsx,text/csv" required />
        </label>
        <p class="actions">
          <Button primary={props.isFirst} type="submit">
            {t('import.look')}
          </Button>
        </p>
      </Form>
    </Section>
  );
}

/** The button that takes what was looked at. */
export function TakeTable(props: {
  readonly view: View;
  readonly action: string;
  readonly content: string;
  readonly text: string;
}) {
  return (
    <Form view={props.view} action={props.action} multipart>
      <input type="hidden" name="content" value={props.content} />
      <p class="actions">
        <Button primary type="submit">
          {props.text}
        </Button>
      </p>
    </Form>
  );
}

/** What becomes of a line, and what is wrong with it. */
export function OutcomeCell(props: { readonly outcome: string; readonly problems: readonly string[] }) {
  return (
    <Cell>
      {props.outcome}
      {props.problems.map((sentence) => (
        <p class="late">{sentence}</p>
      ))}
    </Cell>
  );
}

/** How many lines there are beyond those that are shown. */
export function MoreLines(props: { readonly view: View; readonly count: number }) {
  if (props.count <= shownLines) return null;
  return <p class="muted">{props.view.t('import.more', { count: props.count - shownLines })}</p>;
}

import { Cell, Facts, LinkButton, paths, Row, Section, Table, type View } from '../kit/index.ts';

export type RetentionModel = {
  readonly retentionDays: number;
  /** Newest first; `day` is one of the calendar. */
  readonly days: readonly {
    readonly day: string;
    readonly before: Date;
    readonly messages: number;
    readonly hits: number;
    readonly fields: number;
    readonly dnsAnswers: number;
  }[];
  readonly held: { readonly dispatches: number; readonly hits: number };
  readonly next: { readonly at: Date | null; readonly hits: number };
};

const mostShown = 31;

/** What was deleted day by day, what a legal hold keeps, and what is due next. */
export function RetentionReport({ view, model }: { readonly view: View; readonly model: RetentionModel }) {
  const { t, format } = view;
  const { held, next } = model;
  return (
    <Section title={t('retention.title')} id="retention">
      <p class="muted">{t('retention.line', { days: model.retentionDays })}</p>
      <Facts
        facts={[
          [t('retention.held'), t('retention.held.what', held)],
          [t('retention.next'), next.at ? format.date(next.at) : t('retention.next.none')],
          [t('retention.soon'), t('retention.soon.what', { hits: next.hits })],
        ]}
      />
      {model.days.length === 0 ? <p>{t('retention.none')}</p> : <Days view={view} days={model.days} />}
    </Section>
  );
}

function Days({ view, days }: { readonly view: View; readonly days: RetentionModel['days'] }) {
  const { t, format } = view;
  return (
    <>
      <div class="list">
        <Table
          class="plain"
          caption={t('retention.title')}
          columns={[
            { name: t('column.date') },
            { name: t('retention.before') },
            { name: t('retention.messages'), class: 'num' },
            { name: t('retention.hits'), class: 'num' },
            { name: t('retention.fields'), class: 'num' },
            { name: t('retention.dns'), class: 'num' },
          ]}
        >
          {days.slice(0, mostShown).map((one) => (
            <Row>
              <Cell class="when">{format.date(one.day)}</Cell>
              <Cell class="when">{format.date(one.before)}</Cell>
              <Cell class="num">{format.number(one.messages)}</Cell>
              <Cell class="num">{format.number(one.hits)}</Cell>
              <Cell class="num">{format.number(one.fields)}</Cell>
              <Cell class="num">{format.number(one.dnsAnswers)}</Cell>
            </Row>
          ))}
        </Table>
      </div>
      <p class="actions">
        <LinkButton icon="save" href={paths.retentionCsv} download>
          {t('retention.csv')}
        </LinkButton>
      </p>
    </>
  );
}

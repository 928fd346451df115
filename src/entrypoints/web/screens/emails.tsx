import {
  Cell,
  Chip,
  EmptyPlace,
  type EnvelopeModel,
  Layout,
  LinkButton,
  LiveMessageEnvelope,
  PageHead,
  Pager,
  paths,
  Row,
  Table,
  Tabs,
  type View,
  When,
  withQuery,
} from '../kit/index.ts';
import type { DocumentKind } from './document-words.ts';

export const emailPurposes = ['first', 'automatic', 'reminder', 'resend'] as const;
export type EmailPurpose = (typeof emailPurposes)[number];
export const emailStates = ['waiting', 'sent', 'seen', 'attention', 'failed'] as const;
export type EmailState = (typeof emailStates)[number];
export const periods = ['today', 'week', 'month', 'lastMonth', 'year'] as const;
export type Period = (typeof periods)[number];

export type EmailRow = {
  readonly id: string;
  readonly at: Date;
  readonly subject: string;
  /** Names of what was attached; empty: nothing. */
  readonly attachment: string;
  readonly recipient: string;
  readonly role: 'to' | 'cc' | 'bcc' | 'copy';
  readonly kind: DocumentKind;
  readonly purpose: 'first' | 'reminder' | 'resend';
  readonly origin: 'manual' | 'automatic' | 'api';
  readonly sender: string;
  readonly envelope: EnvelopeModel;
};

export type EmailsModel = {
  readonly rows: readonly EmailRow[];
  readonly total: number;
  readonly purpose: EmailPurpose | null;
  readonly purposeCounts: Readonly<Record<EmailPurpose, number>>;
  readonly state: EmailState | null;
  readonly stateCounts: Readonly<Record<EmailState, number>>;
  readonly period: Period | null;
  /** Days `YYYY-MM-DD`; empty: no bound. */
  readonly from: string;
  readonly to: string;
  readonly q: string;
  readonly newer: string | null;
  readonly older: string | null;
};

/** Every e-mail to every person. */
export function EmailsScreen(props: { readonly view: View; readonly model: EmailsModel }) {
  const { view, model } = props;
  const { t } = view;
  const isFiltered = view.path.includes('?');
  const at = view.path.indexOf('?');
  return (
    <Layout view={view} title={t('place.emails')}>
      <PageHead
        title={t('place.emails')}
        line={t('emails.line')}
        actions={
          <LinkButton icon="save" href={`${paths.exportEmails}${at < 0 ? '' : view.path.slice(at)}`} download>
            {t('documents.export')}
          </LinkButton>
        }
      />
      <Tabs view={view} label={t('emails.purposes')} tabs={purposeTabs(view, model)} />
      <Filters {...props} />
      {model.rows.length > 0 ? (
        <Rows {...props} />
      ) : (
        <EmptyPlace
          now={t(isFiltered ? 'emails.none.filtered' : 'emails.none')}
          later={isFiltered ? undefined : t('emails.later')}
          actions={isFiltered ? <LinkButton href={paths.emails}>{t('emails.all')}</LinkButton> : undefined}
        />
      )}
    </Layout>
  );
}

function purposeTabs(view: View, model: EmailsModel) {
  const tab = (purpose: EmailPurpose | null) => ({
    href: withQuery(view.path, { purpose }),
    text: view.t(`emails.purpose.${purpose ?? 'all'}`),
    count: purpose === null ? model.total : model.purposeCounts[purpose],
    here: purpose === model.purpose,
  });
  return [tab(null), ...emailPurposes.map(tab)];
}

function Filters(props: { readonly view: View; readonly model: EmailsModel }) {
  const { view, model } = props;
  const { t } = view;
  const states = emailStates.map((state) => ({
    href: withQuery(view.path, { state: state === model.state ? null : state }),
    text: t(`emails.state.${state}`),
    count: model.stateCounts[state],
    on: state === model.state,
  }));
  const spans = periods.map((period) => ({
    href: withQuery(view.path, { period: period === model.period ? null : period, from: null, to: null }),
    text: t(`emails.period.${period}`),
    on: period === model.period,
  }));
  return (
    <>
      <div class="filters">
        {[...states, ...spans].map((chip) => (
          <Chip view={view} chip={chip} />
        ))}
      </div>
      <form class="inline spans" role="search" action={paths.emails}>
        {model.purpose ? <input type="hidden" name="purpose" value={model.purpose} /> : null}
        {model.state ? <input type="hidden" name="state" value={model.state} /> : null}
        <label>
          {t('emails.from')} <input type="date" name="from" value={model.from} />
        </label>
        <label>
          {t('emails.to')} <input type="date" name="to" value={model.to} />
        </label>
        <label class="sr" for="emails-q">
          {t('emails.search')}
        </label>
        <input id="emails-q" type="search" name="q" value={model.q} placeholder={t('emails.search')} />
        <button type="submit">{t('emails.show')}</button>
      </form>
    </>
  );
}

function Rows(props: { readonly view: View; readonly model: EmailsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div class="list">
      <Table
        class="plain"
        caption={t('place.emails')}
        columns={[
          { name: t('column.date') },
          { name: t('mail.subject'), class: 'most' },
          { name: t('emails.recipient'), class: 'mid' },
          { name: t('emails.purposes'), class: 'mid' },
          { name: t('column.email') },
        ]}
      >
        {model.rows.map((row) => (
          <EmailLine view={view} row={row} />
        ))}
      </Table>
      {model.newer || model.older ? (
        <Pager
          view={view}
          shown={t('kit.shown', { count: model.rows.length })}
          newer={model.newer}
          older={model.older}
        />
      ) : null}
    </div>
  );
}

function EmailLine(props: { readonly view: View; readonly row: EmailRow }) {
  const { view, row } = props;
  const { t } = view;
  return (
    <Row href={paths.message(row.id)}>
      <Cell class="when">
        <When view={view} at={row.at} />
      </Cell>
      <Cell class="name">
        <a href={paths.message(row.id)}>{row.subject}</a>
        <small class="below">{row.recipient}</small>
        {row.attachment ? <small class="wide"> {row.attachment}</small> : null}
      </Cell>
      <Cell class="mid">
        {row.recipient}
        {row.role === 'to' ? null : <small> {t(`people.role.${row.role}`)}</small>}
      </Cell>
      <Cell class="mid">{t(`purpose.${row.purpose}`, { origin: row.origin })}</Cell>
      <Cell>
        <LiveMessageEnvelope view={view} message={row.id} envelope={row.envelope} />
      </Cell>
    </Row>
  );
}

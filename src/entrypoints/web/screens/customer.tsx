import { type Language, languageName, languages } from '#base/language';
import {
  Button,
  Cell,
  type Errors,
  Facts,
  Field,
  Form,
  Icon,
  Layout,
  LiveEnvelope,
  Money,
  PageHead,
  paths,
  Row,
  Section,
  SelectField,
  Table,
  type View,
} from '../kit/index.ts';
import { Contacts } from './customer-contacts.tsx';
import { documentTitle, paidWord } from './document-words.ts';
import type { DocumentRow } from './documents.tsx';
import { DropZone } from './drop-zone.tsx';

export const contactRoles = ['invoices', 'quotes', 'reminders', 'other'] as const;
export type ContactRole = (typeof contactRoles)[number];

export type ContactModel = {
  readonly id: string;
  readonly name: string | null;
  readonly email: string;
  readonly roles: readonly ContactRole[];
  readonly tracking: 'unknown' | 'granted' | 'denied';
  /** What this person reads; null: as the customer. */
  readonly language?: Language | null;
  /** How consent was given or refused, in words. */
  readonly trackingHow?: string | null;
  /** May not be mailed, and why (a reason such as `mailbox_unknown`). */
  readonly suppressed: { readonly reason: string; readonly at: Date } | null;
};

export type CustomerModel = {
  readonly id: string;
  readonly name: string;
  readonly vatId: string | null;
  readonly language: Language | null;
  readonly contacts: readonly ContactModel[];
  readonly documents: readonly DocumentRow[];
  /** Absent: reminders cannot be paused per customer here. */
  readonly remindersPausedUntil?: string | null;
  /** Addresses that always get a copy, as they are typed. */
  readonly defaultCc?: string;
  /** The form of facts is open, because something in it was refused. */
  readonly changing?: boolean;
  readonly errors: Errors;
  /** The contact in the form: a new one, or the one being changed, with what was typed. */
  readonly editing: ContactModel | 'new' | null;
};

export function CustomerScreen(props: { readonly view: View; readonly model: CustomerModel }) {
  const { view, model } = props;
  const { t, format } = view;
  return (
    <Layout view={view} title={model.name}>
      <PageHead
        crumbs={[{ href: paths.customers, text: t('place.customers') }]}
        title={model.name}
        line={t('customer.line', { count: model.documents.length })}
      />
      <div class="split">
        <div class="stack">
          <Section title={t('facts.title')}>
            <Facts
              facts={[
                [t('company.vatId'), model.vatId ?? t('fact.unknown')],
                [
                  t('customer.language'),
                  model.language
                    ? languageName(model.language, view.language)
                    : t('customer.language.company'),
                ],
                model.remindersPausedUntil
                  ? [
                      t('fact.reminder'),
                      t('fact.reminder.paused', { until: format.date(model.remindersPausedUntil) }),
                    ]
                  : null,
              ]}
            />
            <details class="fold" open={model.changing}>
              <summary>
                <Icon name="chev" /> {t('customer.change')}
              </summary>
              <CustomerForm {...props} />
            </details>
          </Section>
          <Contacts {...props} />
        </div>
        <div class="stack">
          <CustomerDocuments {...props} />
          <DropZone view={view} customer={model.id} />
        </div>
      </div>
    </Layout>
  );
}

function CustomerForm(props: { readonly view: View; readonly model: CustomerModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Form view={view} action={paths.customer(model.id)} errors={model.errors}>
      <Field name="name" label={t('company.name')} value={model.name} errors={model.errors} required />
      <div class="two">
        <Field name="vatId" label={t('company.vatId')} value={model.vatId} errors={model.errors} />
        <SelectField
          name="language"
          label={t('customer.language')}
          value={model.language ?? ''}
          choices={[
            { value: '', text: t('customer.language.company') },
            ...languages.map((code) => ({ value: code, text: languageName(code, view.language) })),
          ]}
        />
      </div>
      <Field
        name="defaultCc"
        label={t('customer.defaultCc')}
        hint={t('customer.defaultCc.hint')}
        value={model.defaultCc}
        errors={model.errors}
      />
      {model.remindersPausedUntil === undefined ? null : (
        <Field
          name="remindersPausedUntil"
          type="date"
          label={t('customer.pause')}
          hint={t('customer.pause.hint')}
          value={model.remindersPausedUntil}
          errors={model.errors}
        />
      )}
      <Button primary type="submit">
        {t('kit.save')}
      </Button>
    </Form>
  );
}

function CustomerDocuments(props: { readonly view: View; readonly model: CustomerModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section
      title={t('place.documents')}
      aside={<a href={`${paths.documents}?customer=${model.id}`}>{t('customer.documents.all')}</a>}
    >
      {model.documents.length === 0 ? <p class="muted">{t('customer.documents.none')}</p> : null}
      <div class="list">
        <Table
          class="plain"
          caption={t('place.documents')}
          columns={[
            { name: t('column.email') },
            { name: t('column.number') },
            { name: t('column.amount'), class: 'num' },
            { name: t('column.paid') },
          ]}
        >
          {model.documents.map((row) => {
            const paid = paidWord(view, row.paid, row.kind);
            return (
              <Row href={paths.document(row.id)}>
                <Cell>
                  <LiveEnvelope view={view} document={row.id} envelope={row.envelope} />
                </Cell>
                <Cell>
                  <a href={paths.document(row.id)}>{documentTitle(view, row)}</a>
                </Cell>
                <Cell class="num">
                  <Money view={view} amount={row.total} currency={row.currency} />
                </Cell>
                <Cell class={paid.tone}>{paid.word}</Cell>
              </Row>
            );
          })}
        </Table>
      </div>
    </Section>
  );
}

import { languageName, languages } from '#base/language';
import {
  Button,
  Cell,
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
import { CustomerEvidence } from './customer-evidence.tsx';
import type { CustomerModel } from './customer-model.ts';
import { documentTitle, paidWord } from './document-words.ts';
import { DropZone } from './drop-zone.tsx';
import { NextReminder } from './next-reminder.tsx';

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
                [t('customer.category'), model.category ?? t('customer.category.none')],
                model.remindersPausedUntil
                  ? [
                      t('fact.reminder'),
                      [
                        t('fact.reminder.paused', { until: format.date(model.remindersPausedUntil) }),
                        model.remindersPauseReason ?? '',
                      ]
                        .filter(Boolean)
                        .join(' · '),
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
          <CustomerEvidence view={view} customer={model.id} />
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
      <CategoryField {...props} />
      <Field
        name="defaultCc"
        label={t('customer.defaultCc')}
        hint={t('customer.defaultCc.hint')}
        value={model.defaultCc}
        errors={model.errors}
      />
      {model.remindersPausedUntil === undefined ? null : (
        <div class="two">
          <Field
            name="remindersPausedUntil"
            type="date"
            label={t('customer.pause')}
            hint={t('customer.pause.hint')}
            value={model.remindersPausedUntil}
            errors={model.errors}
          />
          <Field
            name="remindersPauseReason"
            label={t('reminders.pause.reason')}
            value={model.remindersPauseReason}
            maxlength={300}
          />
        </div>
      )}
      <Button primary type="submit">
        {t('kit.save')}
      </Button>
    </Form>
  );
}

function CategoryField(props: { readonly view: View; readonly model: CustomerModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <>
      <Field
        name="category"
        label={t('customer.category')}
        hint={t('customer.category.hint')}
        value={model.category}
        errors={model.errors}
        maxlength={60}
        list="categories"
      />
      <datalist id="categories">
        {model.categories.map((category) => (
          <option value={category} />
        ))}
      </datalist>
    </>
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
                <Cell class={paid.tone}>
                  {paid.word}
                  <NextReminder view={view} on={row.nextReminder} />
                </Cell>
              </Row>
            );
          })}
        </Table>
      </div>
    </Section>
  );
}

import { type Language, languageName, languages } from '#base/language';
import {
  Button,
  Cell,
  CheckField,
  type Errors,
  Facts,
  Field,
  Form,
  Icon,
  Layout,
  LinkButton,
  LiveEnvelope,
  Money,
  PageHead,
  PostButton,
  paths,
  Row,
  SaveOrCancel,
  Section,
  SelectField,
  Table,
  type View,
} from '../kit/index.ts';
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
  readonly remindersPausedUntil: string | null;
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
            <details class="fold">
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
        name="remindersPausedUntil"
        type="date"
        label={t('customer.pause')}
        hint={t('customer.pause.hint')}
        value={model.remindersPausedUntil}
        errors={model.errors}
      />
      <Button primary type="submit">
        {t('kit.save')}
      </Button>
    </Form>
  );
}

function Contacts(props: { readonly view: View; readonly model: CustomerModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section
      id="contacts"
      title={t('customer.contacts')}
      aside={model.editing ? undefined : <a href="?contact=new#contacts">{t('customer.contact.add')}</a>}
    >
      {model.contacts.length === 0 ? <p class="muted">{t('customer.contacts.none')}</p> : null}
      <ul class="lines" role="list">
        {model.contacts.map((contact) => (
          <Contact view={view} customer={model.id} contact={contact} />
        ))}
      </ul>
      {model.editing ? (
        <ContactForm {...props} contact={model.editing === 'new' ? null : model.editing} />
      ) : null}
    </Section>
  );
}

function Contact(props: { readonly view: View; readonly customer: string; readonly contact: ContactModel }) {
  const { view, contact } = props;
  const { t, format } = view;
  const reason = `reason.${contact.suppressed?.reason}`;
  return (
    <li class="contact">
      <span>
        <b>{contact.name ?? contact.email}</b>
        {contact.name === null ? null : <small>{contact.email}</small>}
        <small>
          {contact.roles.map((role) => t(`role.${role}`)).join(', ')} · {t(`consent.${contact.tracking}`)}
        </small>
        {contact.suppressed ? (
          <small class="late">
            {t('customer.suppressed', { on: format.date(contact.suppressed.at) })}{' '}
            {t.has(reason) ? t(reason, { address: contact.email, count: 0 }) : null}
          </small>
        ) : null}
      </span>
      <span class="actions">
        <LinkButton quiet href={`?contact=${contact.id}#contacts`}>
          {t('kit.edit')}
        </LinkButton>
        {contact.suppressed ? (
          <PostButton
            quiet
            action={`${paths.customerContacts(props.customer)}/${contact.id}/allow`}
            confirm={t('customer.allow.confirm')}
          >
            {t('customer.allow')}
          </PostButton>
        ) : null}
      </span>
    </li>
  );
}

function ContactForm(props: {
  readonly view: View;
  readonly model: CustomerModel;
  readonly contact: ContactModel | null;
}) {
  const { view, model, contact } = props;
  const { t } = view;
  return (
    <Form view={view} action={paths.customerContacts(model.id)} errors={model.errors} class="boxed">
      {contact ? <input type="hidden" name="contact" value={contact.id} /> : null}
      <div class="two">
        <Field
          name="email"
          type="email"
          label={t('user.email')}
          value={contact?.email}
          errors={model.errors}
          required
          autofocus
        />
        <Field
          name="contactName"
          label={t('customer.contact.name')}
          value={contact?.name}
          errors={model.errors}
        />
      </div>
      <fieldset class="f ticks">
        <legend>{t('customer.contact.roles')}</legend>
        {contactRoles.map((role) => (
          <CheckField
            name="roles"
            id={`role-${role}`}
            value={role}
            label={t(`role.${role}`)}
            checked={contact?.roles.includes(role) ?? role === 'invoices'}
          />
        ))}
      </fieldset>
      <SelectField
        name="tracking"
        label={t('customer.contact.consent')}
        value={contact?.tracking ?? 'unknown'}
        choices={(['unknown', 'granted', 'denied'] as const).map((value) => ({
          value,
          text: t(`consent.${value}`),
        }))}
      />
      <SaveOrCancel view={view} back={`${paths.customer(model.id)}#contacts`} />
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

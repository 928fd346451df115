import { languageName, languages } from '#base/language';
import {
  CheckField,
  Field,
  Form,
  LinkButton,
  PostButton,
  paths,
  SaveOrCancel,
  Section,
  SelectField,
  type View,
} from '../kit/index.ts';
import { type ContactModel, type CustomerModel, contactRoles } from './customer-model.ts';

/** The people of a customer, and the form of the one that is added or changed. */
export function Contacts(props: { readonly view: View; readonly model: CustomerModel }) {
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
        {contact.mobile ? <small>{contact.mobile}</small> : null}
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
        <PostButton
          quiet
          action={`${paths.customerContacts(props.customer)}/${contact.id}/remove`}
          confirm={t('customer.contact.remove.confirm', { name: contact.name ?? contact.email })}
        >
          {t('customer.contact.remove')}
        </PostButton>
        {contact.suppressed ? (
          <PostButton
            quiet
            action={paths.suppressionRemove(contact.suppressed.id)}
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
        {model.errors['roles'] ? <small class="late">{model.errors['roles']}</small> : null}
      </fieldset>
      <ContactRest {...props} />
      <SaveOrCancel view={view} back={`${paths.customer(model.id)}#contacts`} />
    </Form>
  );
}

/** What else is noted of a contact: consent with how it was given, and the language. */
function ContactRest(props: {
  readonly view: View;
  readonly model: CustomerModel;
  readonly contact: ContactModel | null;
}) {
  const { view, model, contact } = props;
  const { t } = view;
  return (
    <>
      {model.asksMobile || contact?.mobile ? (
        <Field
          name="mobile"
          type="tel"
          label={t('customer.contact.mobile')}
          hint={t('customer.contact.mobile.hint')}
          value={contact?.mobile}
          errors={model.errors}
        />
      ) : null}
      <SelectField
        name="tracking"
        label={t('customer.contact.consent')}
        value={contact?.tracking ?? 'unknown'}
        choices={(['unknown', 'granted', 'denied'] as const).map((value) => ({
          value,
          text: t(`consent.${value}`),
        }))}
      />
      <Field
        name="trackingHow"
        label={t('customer.contact.how')}
        hint={t('customer.contact.how.hint')}
        value={contact?.trackingHow}
        errors={model.errors}
      />
      <SelectField
        name="contactLanguage"
        label={t('customer.contact.language')}
        value={contact?.language ?? ''}
        choices={[
          { value: '', text: t('customer.language.company') },
          ...languages.map((code) => ({ value: code, text: languageName(code, view.language) })),
        ]}
      />
    </>
  );
}

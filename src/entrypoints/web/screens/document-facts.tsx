import {
  type Errors,
  Facts,
  Field,
  Form,
  Money,
  Note,
  PostButton,
  paths,
  SaveOrCancel,
  Section,
  SelectField,
  type View,
} from '../kit/index.ts';
import { type DocumentKind, documentKinds, type PaidModel, paidWord } from './document-words.ts';
import { PauseReminders } from './pause-reminders.tsx';

export type DocumentFactsModel = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string | null;
  /** `id` is null while it is only a name. */
  readonly customer: { readonly id: string | null; readonly name: string } | null;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly paid: PaidModel;
  /** What the facts were read from: "Factur-X", or null when a person typed them. */
  readonly readFrom: string | null;
  /** Facts without which it cannot be sent well. */
  readonly missing: readonly ('number' | 'customer' | 'issueDate' | 'dueDate' | 'total' | 'currency')[];
  readonly reminder: {
    /** The day of the next automatic reminder, and which step. */
    readonly next: string | null;
    readonly step: number;
    readonly pausedUntil: string | null;
    readonly pauseReason?: string | null;
    /** Why none is planned, as the domain's stable word. */
    readonly whyNot?: string | null;
  } | null;
  /** The facts as a form: asked for, or because something is missing or was refused. */
  readonly editing: {
    readonly values: Readonly<Partial<Record<string, string>>>;
    readonly errors: Errors;
    /** Fields whose value is a guess from the text of the file, for a person to confirm. */
    readonly proposed?: readonly string[];
  } | null;
  /** Customers that may be meant, for completion. */
  readonly customerNames?: readonly string[];
  /** The form for a payment in part: what is proposed, or what was refused. */
  readonly paying?: { readonly on: string; readonly amount: string; readonly errors: Errors } | null;
};

/** The facts, readable or as a form. */
export function DocumentFacts(props: { readonly view: View; readonly model: DocumentFactsModel }) {
  const { view, model } = props;
  const { t, format } = view;
  const missing = model.missing.map((fact) => t(`fact.${fact}`));
  const note =
    missing.length > 0 ? (
      <Note
        state="unconfirmed"
        wayOut={model.editing ? undefined : <a href="?edit#facts">{t('facts.fill')}</a>}
      >
        {t('facts.missing', { list: format.list(missing) })}
      </Note>
    ) : null;
  return (
    <Section
      id="facts"
      title={t('facts.title')}
      aside={
        model.editing ? (
          <a href={`${paths.document(model.id)}#facts`}>{t('kit.cancel')}</a>
        ) : (
          <a href="?edit#facts">{t('kit.edit')}</a>
        )
      }
    >
      {note}
      {model.paying ? <PayForm view={view} id={model.id} paying={model.paying} /> : null}
      {model.editing ? (
        <FactsForm view={view} model={model} editing={model.editing} />
      ) : (
        <FactsRead {...props} />
      )}
    </Section>
  );
}

function FactsRead(props: { readonly view: View; readonly model: DocumentFactsModel }) {
  const { view, model } = props;
  const { t, format } = view;
  return (
    <>
      <Facts
        facts={[
          [t('fact.kind'), t(`kind.${model.kind}`)],
          [t('fact.number'), model.number ?? t('fact.unknown')],
          [
            t('fact.customer'),
            model.customer?.id ? (
              <a href={paths.customer(model.customer.id)}>{model.customer.name}</a>
            ) : (
              (model.customer?.name ?? t('fact.unknown'))
            ),
          ],
          [t('fact.issueDate'), model.issueDate ? format.date(model.issueDate) : t('fact.unknown')],
          model.dueDate ? [t('fact.dueDate'), format.date(model.dueDate)] : null,
          [
            t('fact.total'),
            model.total ? (
              <Money view={view} amount={model.total} currency={model.currency} />
            ) : (
              t('fact.unknown')
            ),
          ],
          model.paid.state === 'none' ? null : [t('fact.paid'), <PaidFact {...props} />],
          model.reminder ? [t('fact.reminder'), reminderLine(view, model.reminder)] : null,
          [t('fact.readFrom'), model.readFrom ?? t('fact.typed')],
        ]}
      />
      {model.reminder ? <PauseReminders view={view} id={model.id} reminder={model.reminder} /> : null}
    </>
  );
}

/** A payment on a day, of all or of a part. */
function PayForm(props: {
  readonly view: View;
  readonly id: string;
  readonly paying: NonNullable<DocumentFactsModel['paying']>;
}) {
  const { view, paying } = props;
  const { t } = view;
  return (
    <Form view={view} action={paths.paid(props.id)} errors={paying.errors} class="boxed">
      <div class="two">
        <Field
          name="amount"
          label={t('pay.amount')}
          inputmode="decimal"
          value={paying.amount}
          errors={paying.errors}
          required
        />
        <Field name="on" type="date" label={t('pay.on')} value={paying.on} errors={paying.errors} required />
      </div>
      <SaveOrCancel view={view} back={`${paths.document(props.id)}#facts`} save={t('pay.save')} />
    </Form>
  );
}

function PaidFact(props: { readonly view: View; readonly model: DocumentFactsModel }) {
  const { view, model } = props;
  const { t } = view;
  const { word, tone } = paidWord(view, model.paid, model.kind);
  const isPaid = model.paid.state === 'paid';
  return (
    <>
      <span class={tone}>{word}</span>{' '}
      <PostButton class="link" action={paths.paid(model.id)} name="do" value={isPaid ? 'unpaid' : 'paid'}>
        {isPaid ? t('document.markUnpaid') : t('document.markPaid')}
      </PostButton>
    </>
  );
}

function reminderLine(view: View, reminder: NonNullable<DocumentFactsModel['reminder']>): string {
  if (reminder.pausedUntil)
    return [
      view.t('fact.reminder.paused', { until: view.format.date(reminder.pausedUntil) }),
      reminder.pauseReason ?? '',
    ]
      .filter(Boolean)
      .join(' · ');
  const why = `reminders.why.${reminder.whyNot}`;
  if (!reminder.next && view.t.has(why)) return `${view.t('fact.reminder.none')} · ${view.t(why)}`;
  if (!reminder.next) return view.t('fact.reminder.none');
  return view.t('fact.reminder.next', { on: view.format.date(reminder.next), step: reminder.step });
}

function FactsForm(props: {
  readonly view: View;
  readonly model: DocumentFactsModel;
  readonly editing: NonNullable<DocumentFactsModel['editing']>;
}) {
  const { view, model, editing } = props;
  const { t } = view;
  const { errors } = editing;
  const value = (name: string, known: string | null): string => editing.values[name] ?? known ?? '';
  const hint = (name: string): string | undefined =>
    editing.proposed?.includes(name) ? t('facts.proposed') : undefined;
  return (
    <Form view={view} action={paths.facts(model.id)} errors={errors} class="factsform">
      <div class="two">
        <SelectField
          name="kind"
          label={t('fact.kind')}
          value={value('kind', model.kind)}
          errors={errors}
          choices={documentKinds.map((kind) => ({ value: kind, text: t(`kind.${kind}`) }))}
        />
        <Field
          name="number"
          label={t('fact.number')}
          value={value('number', model.number)}
          hint={hint('number')}
          errors={errors}
        />
      </div>
      <Field
        name="customer"
        label={t('fact.customer')}
        value={value('customer', model.customer?.name ?? null)}
        errors={errors}
        hint={hint('customer')}
        autocomplete="off"
        data={{ list: 'customer-names' }}
      />
      <datalist id="customer-names">
        {(model.customerNames ?? []).map((name) => (
          <option value={name} />
        ))}
      </datalist>
      <DatesAndMoney model={model} value={value} hint={hint} view={view} errors={errors} />
      <SaveOrCancel view={view} back={`${paths.document(model.id)}#facts`} />
    </Form>
  );
}

function DatesAndMoney(props: {
  readonly view: View;
  readonly model: DocumentFactsModel;
  readonly value: (name: string, known: string | null) => string;
  readonly hint: (name: string) => string | undefined;
  readonly errors: Errors;
}) {
  const { model, value, hint, errors } = props;
  const { t } = props.view;
  return (
    <>
      <div class="two">
        <Field
          name="issueDate"
          type="date"
          label={t('fact.issueDate')}
          value={value('issueDate', model.issueDate)}
          hint={hint('issueDate')}
          errors={errors}
        />
        <Field
          name="dueDate"
          type="date"
          label={t('fact.dueDate')}
          value={value('dueDate', model.dueDate)}
          hint={hint('dueDate')}
          errors={errors}
        />
      </div>
      <div class="two">
        <Field
          name="total"
          label={t('fact.total')}
          inputmode="decimal"
          value={value('total', model.total)}
          hint={hint('total')}
          errors={errors}
        />
        <Field
          name="currency"
          label={t('fact.currency')}
          value={value('currency', model.currency ?? 'EUR')}
          hint={hint('currency')}
          errors={errors}
          maxlength={3}
        />
      </div>
    </>
  );
}

import {
  Facts,
  Field,
  Form,
  Money,
  Note,
  PostButton,
  paths,
  SaveOrCancel,
  Section,
  type View,
} from '../kit/index.ts';
import { FactsForm } from './document-facts-form.tsx';
import type { DocumentFactsModel } from './document-facts-model.ts';
import { paidWord } from './document-words.ts';
import { PauseReminders } from './pause-reminders.tsx';

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
  const isQuote = model.kind === 'quote';
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
          model.dueDate
            ? [t(isQuote ? 'fact.validUntil' : 'fact.dueDate'), format.date(model.dueDate)]
            : null,
          [
            t('fact.total'),
            model.total ? (
              <Money view={view} amount={model.total} currency={model.currency} />
            ) : (
              t('fact.unknown')
            ),
          ],
          model.paid.state === 'none'
            ? null
            : [t(isQuote ? 'fact.answer' : 'fact.paid'), <PaidFact {...props} />],
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
      {model.kind === 'quote' && !isPaid ? null : (
        <PostButton class="link" action={paths.paid(model.id)} name="do" value={isPaid ? 'unpaid' : 'paid'}>
          {isPaid ? t('document.markUnpaid') : t('document.markPaid')}
        </PostButton>
      )}
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

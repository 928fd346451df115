import { Button, CheckField, Field, Form, paths, RadioField, SelectField, type View } from '../kit/index.ts';
import type { RunModel } from './run-model.ts';

/** How the run sends: may be changed until it starts; everything is looked at again then. */
export function RunOptions(props: { readonly view: View; readonly model: RunModel }) {
  const { view, model } = props;
  const { t } = view;
  const { options } = model;
  return (
    <details class="fold run-options">
      <summary>{t('runs.options')}</summary>
      <Form view={view} action={paths.runOptions(model.id)} multipart>
        <div class="two">
          <RadioField
            name="grouping"
            label={t('runs.grouping')}
            value={options.grouping}
            choices={(['document', 'customer'] as const).map((value) => ({
              value,
              text: t(`runs.grouping.${value}`),
            }))}
          />
          <SelectField
            name="senderId"
            label={t('runs.from')}
            value={options.senderId}
            choices={[{ value: '', text: t('runs.sender.proposed') }, ...options.senders]}
          />
          <WayFields view={view} options={options} />
          <JoinField view={view} value={options.joinPdfs} />
          {options.services.length > 1 ? <ServiceFields view={view} options={options} /> : null}
          <Field
            name="sendAt"
            type="datetime-local"
            label={t('runs.sendAt')}
            hint={t('runs.sendAt.hint')}
            value={options.sendAt}
          />
          <Field
            name="perMinute"
            type="number"
            min="1"
            max="6000"
            label={t('runs.pace')}
            hint={t('runs.pace.hint')}
            value={options.perMinute}
          />
          <div>
            <CheckField name="officeHours" label={t('runs.officeHours')} checked={options.officeHours} />
            <CheckField name="again" label={t('runs.again')} checked={options.again} />
          </div>
          {options.letter === null ? null : <LetterFields view={view} options={options} />}
        </div>
        <Button type="submit">{t('runs.options.use')}</Button>
      </Form>
    </details>
  );
}

/** By which ways it goes, and whether the documents are in the mail. */
function WayFields(props: { readonly view: View; readonly options: RunModel['options'] }) {
  const { t } = props.view;
  const { options } = props;
  return (
    <>
      <SelectField
        name="channel"
        label={t('send.channels')}
        hint={t('runs.channels.hint')}
        value={options.channel}
        choices={(['', 'email', 'network'] as const).map((value) => ({
          value,
          text: t(`runs.channels.${value || 'both'}`),
        }))}
      />
      <SelectField
        name="attach"
        label={t('column.attached')}
        value={options.attach}
        choices={(['', 'yes', 'no'] as const).map((value) => ({
          value,
          text: t(`runs.attach.${value || 'proposed'}`),
        }))}
      />
    </>
  );
}

/** The letter of a reminder: made by us, of one's own, or both. */
function LetterFields(props: { readonly view: View; readonly options: RunModel['options'] }) {
  const { t } = props.view;
  const { letter, ownLetter } = props.options;
  return (
    <div>
      <CheckField name="letter" label={t('reminders.letter.label')} checked={letter ?? false} />
      {ownLetter ? (
        <CheckField
          name="noLetter"
          checked={false}
          label={`${t('reminders.ownLetter.has', { name: ownLetter })} ${t('reminders.ownLetter.remove')}`}
        />
      ) : null}
      <Field name="ownLetter" type="file" label={t('reminders.ownLetter')} />
    </div>
  );
}

/** Whether the documents of one mail are one file. */
export function JoinField(props: { readonly view: View; readonly value: '' | 'plain' | 'all' }) {
  const { t } = props.view;
  return (
    <SelectField
      name="joinPdfs"
      label={t('runs.join')}
      hint={t('runs.join.hint')}
      value={props.value}
      choices={(['', 'plain', 'all'] as const).map((value) => ({
        value,
        text: t(`runs.join.${value || 'each'}`),
      }))}
    />
  );
}

/** How everything of the run is handed over, and how long what is behind a code waits. */
function ServiceFields(props: { readonly view: View; readonly options: RunModel['options'] }) {
  const { t } = props.view;
  const { services, service, serviceDays, hideSender } = props.options;
  return (
    <>
      <SelectField
        name="service"
        label={t('send.service')}
        hint={t('runs.service.hint')}
        value={service}
        choices={services.map((value) => ({ value, text: t(`service.${value}`) }))}
      />
      <div class="behind-code">
        <SelectField
          name="serviceDays"
          label={t('runs.serviceDays')}
          value={String(serviceDays)}
          choices={[...new Set([7, 15, 30, serviceDays])].map((days) => ({
            value: String(days),
            text: t('send.service.count', { days }),
          }))}
        />
        {services.includes('registered') ? (
          <CheckField
            name="hideSender"
            label={t('send.hideSender')}
            hint={t('send.service.hint.hidden')}
            checked={hideSender}
          />
        ) : null}
      </div>
    </>
  );
}

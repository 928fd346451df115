import { AddressField, Button, Icon, Note, paths, type View } from '../kit/index.ts';
import { ChannelLine } from './send-channels.tsx';
import { AskedFacts } from './send-facts.tsx';
import { Line } from './send-line.tsx';
import type { SendModel } from './send-model.ts';
import { HowLine, ServiceLine } from './send-service.tsx';
import { zoneCity } from './zone.ts';

type Props = { readonly view: View; readonly model: SendModel };

/** The left side: service, sender, people, files, how and when. */
export function Compose(props: Props) {
  return (
    <div class="compose">
      {props.model.errors[''] ? (
        <p class="late" role="alert">
          {props.model.errors['']}
        </p>
      ) : null}
      {props.model.replaces ? <Note state="held">{props.view.t('send.replaces')}</Note> : null}
      {props.model.facts ? (
        <AskedFacts view={props.view} facts={props.model.facts} errors={props.model.errors} />
      ) : null}
      <ChannelLine {...props} />
      {props.model.services.length > 1 ? <ServiceLine {...props} /> : null}
      <FromLine {...props} />
      <AddressLine {...props} field="to" />
      <AddressLine {...props} field="cc" />
      <AddressLine {...props} field="bcc" />
      <FilesLine {...props} />
      <HowLine {...props} />
      <WhenLine {...props} />
    </div>
  );
}

function FromLine({ view, model }: Props) {
  const { t } = view;
  return (
    <Line label={t('mail.from')} for="senderId">
      <div class="from">
        <input name="fromName" value={model.fromName} aria-label={t('send.fromName')} maxlength={200} />
        <SenderSelect model={model} />
      </div>
      <SenderWhy view={view} model={model} />
      {model.errors['senderId'] ? <small class="late">{model.errors['senderId']}</small> : null}
      {model.senderSaid ? (
        <small class="late" role="alert">
          {model.senderSaid}
        </small>
      ) : null}
      {model.senderState === 'valid' ? null : (
        <div class="actions">
          <Button type="submit" action={paths.checkSender} noValidate>
            {t('send.check')}
          </Button>
          <label>
            <input type="checkbox" name="anyway" /> {t('send.anyway')}
          </label>
        </div>
      )}
    </Line>
  );
}

/** The sender, and the one that was proposed: what was not touched follows the text, which may be tied to another. */
export function SenderSelect({ model }: { readonly model: SendModel }) {
  return (
    <>
      <select id="senderId" name="senderId" aria-describedby="sender-why">
        {model.senders.map((sender) => (
          <option value={sender.id} selected={sender.id === model.senderId}>
            {sender.label}
          </option>
        ))}
      </select>
      <input
        type="hidden"
        id="senderWas"
        name="senderWas"
        value={model.senderIsOwn ? '' : (model.senderId ?? '')}
      />
      <Shown name="senderId" value={model.senderId} />
    </>
  );
}

/** What a choice showed when the window was drawn, so that the server can tell which was changed last. */
export function Shown(props: { readonly name: 'senderId' | 'templateId'; readonly value: string | null }) {
  return (
    <input type="hidden" id={`${props.name}Shown`} name={`${props.name}Shown`} value={props.value ?? ''} />
  );
}

/** From which address because of which rule, and whether it works; replaced as another one is chosen. */
export function SenderWhy({ view, model }: Props) {
  const words = {
    valid: 'send.senderWorks',
    unchecked: 'send.senderUnchecked',
    broken: 'send.senderBroken',
  } as const;
  return (
    <small id="sender-why">
      {model.senderReason}{' '}
      <span class={model.senderState === 'valid' ? 'good nowrap' : 'late'}>
        {view.t(words[model.senderState])}
      </span>
    </small>
  );
}

function AddressLine(props: Props & { readonly field: 'to' | 'cc' | 'bcc' }) {
  const { view, model, field } = props;
  const error = model.errors[field];
  return (
    <Line label={view.t(`mail.${field}`)} for={field}>
      <AddressField
        view={view}
        id={field}
        label={view.t(`mail.${field}`)}
        url={paths.addresses}
        addresses={model[field]}
        text={model.typed[field]}
        required={field === 'to' && !model.partner}
        error={error}
      />
      <small id={`${field}-under`} class={error ? 'late' : undefined}>
        {error ??
          (field === 'cc'
            ? null
            : view.t(field === 'to' && model.toIsProposed ? 'facts.proposed' : `send.${field}.hint`))}
      </small>
    </Line>
  );
}

function FilesLine({ view, model }: Props) {
  const { t, format } = view;
  const total = model.files.reduce((sum, file) => sum + (file.ticked ? file.bytes : 0), 0);
  return (
    <Line label={t('send.files')}>
      <ul class="files" role="list" data-controller="file-field">
        {model.files.map((file, at) => (
          <li class={at === 0 && model.fileName !== null ? 'named' : undefined}>
            <label>
              <input type="checkbox" name="attachFile" value={file.id} checked={file.ticked} />{' '}
              {at === 0 && model.fileName !== null ? null : (
                <span>{file.isXml ? t('send.file.xml', { name: file.name }) : file.name}</span>
              )}
              {at === 0 && model.fileName !== null ? <span class="sr">{file.name}</span> : null}
            </label>
            {at === 0 && model.fileName !== null ? <FileName view={view} name={model.fileName} /> : null}
            <small>{format.bytes(file.bytes)}</small>
          </li>
        ))}
        <li>
          <label class="btn quiet add">
            <Icon name="plus" /> {t('send.file.add')}
            <input
              class="sr"
              type="file"
              name="extra"
              multiple
              data-file-field-target="input"
              data-action="file-field#list"
            />
          </label>
          <small class="push">
            {t('send.files.size', { size: format.bytes(total), limit: format.bytes(model.limitBytes) })}
          </small>
        </li>
      </ul>
      {model.errors['files'] ? <small class="late">{model.errors['files']}</small> : null}
    </Line>
  );
}

/** The name under which the document is attached; it can be changed for this send. */
export function FileName(props: { readonly view: View; readonly name: string }) {
  return (
    <>
      <input
        id="fileName"
        name="fileName"
        value={props.name}
        aria-label={props.view.t('send.fileName')}
        maxlength={120}
      />
      <input type="hidden" id="fileNameWas" name="fileNameWas" value={props.name} />
    </>
  );
}

function WhenLine({ view, model }: Props) {
  const { t } = view;
  const error = model.errors['sendAt'];
  return (
    <div class="line" role="radiogroup" aria-labelledby="when-label">
      <span class="lab" id="when-label">
        {t('send.when')}
      </span>
      <div class="actions">
        <label>
          <input type="radio" name="when" value="now" checked={model.when.kind === 'now'} />{' '}
          {t('send.when.now')}
        </label>
        <label>
          <input type="radio" name="when" value="at" checked={model.when.kind === 'at'} /> {t('send.when.at')}
        </label>
        <input
          class="at"
          type="datetime-local"
          name="sendAt"
          aria-label={t('send.when.at')}
          value={model.when.kind === 'at' ? model.when.at : model.proposedAt}
          aria-invalid={error ? 'true' : undefined}
        />
      </div>
      <small class={error ? 'late' : undefined}>
        {error ?? t('send.when.zone', { zone: zoneCity(view.format.zone) })}
      </small>
      <label class="copy">
        <input type="checkbox" name="copyToSender" checked={model.copyToSender} /> {t('send.copy')}
      </label>
    </div>
  );
}

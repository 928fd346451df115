import { isId } from '#base/ids';
import { isLanguage } from '#base/language';
import {
  type Author,
  type Channel,
  channels,
  type DispatchRequest,
  type DispatchService,
  dispatchServices,
  type FileType,
  type Purpose,
} from '#domain/dispatch';
import { services } from '#domain/registered';
import type { TrackingMode } from '#domain/tracking';
import type { PostedForm } from '../staff/read-form.ts';
import { zonedTime } from './zoned-time.ts';

export type Attaching = 'both' | 'link' | 'attachment';

/** What the send window says; what is undefined was not touched and is proposed. */
export interface SendForm {
  readonly documentIds: readonly string[];
  readonly purpose: Purpose;
  /** True where the purpose was proposed because the document went out before. */
  readonly isProposed?: boolean;
  /** One for each window that was opened: sent twice by a double click, it is carried out once. */
  readonly once: string;
  /** The held message that it takes the place of. */
  readonly replaces?: string;
  readonly language?: string;
  /** A text of the company; null: the built-in one; absent: the default of the language. */
  readonly templateId?: string | null;
  readonly senderId?: string;
  /** A person chose another sender than the proposed one. */
  readonly senderIsOwn?: boolean;
  /** Which of the two was changed since the window was last drawn: the other may follow. */
  readonly touched?: 'sender' | 'text';
  readonly fromName?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly bcc?: string;
  readonly subject?: string;
  readonly html?: string;
  readonly text?: string;
  readonly attach?: Attaching;
  /** Ticked files: `<document>.pdf`, `<document>.xml`, or the id of an extra file. */
  readonly ticked?: readonly string[];
  readonly fileName?: string;
  /** Absent where there was nothing to choose. */
  readonly channels?: readonly Channel[];
  readonly service?: DispatchService;
  readonly serviceDays?: number;
  readonly hideSender?: boolean;
  readonly tracking?: TrackingMode;
  readonly copyToSender?: boolean;
  readonly when: 'now' | 'at';
  readonly sendAt: string;
  /** Send although the sender does not work: it waits until it does. */
  readonly anyway: boolean;
  /** The facts that were asked for; null when the window was just opened. */
  readonly facts: PostedForm | null;
}

const purposes: readonly Purpose[] = ['first', 'reminder', 'resend'];

/** The window as it is opened by its address. */
export function formOfQuery(
  query: Readonly<Record<string, readonly string[]>>,
  once: string,
): SendForm | null {
  const [purpose, language] = [query['purpose']?.[0], query['language']?.[0]];
  const documentIds = documentsOf(query['document'] ?? []);
  if (documentIds.length === 0) return null;
  return {
    documentIds,
    once,
    purpose: purposes.find((one) => one === purpose) ?? 'first',
    ...(language && isLanguage(language) ? { language } : {}),
    when: 'now',
    sendAt: '',
    anyway: false,
    facts: null,
  };
}

/** The window as it was posted. Subject, text and file name count only where they differ from what was proposed. */
export function formOfPost(form: PostedForm): SendForm | null {
  const documentIds = documentsOf(form.texts('document'));
  if (documentIds.length === 0) return null;
  const changed = (name: string): string | undefined =>
    form.has(name) && sameText(form.text(name)) !== sameText(form.text(`${name}Was`))
      ? form.text(name)
      : undefined;
  const given = (name: string): string | undefined => (form.has(name) ? form.text(name) : undefined);
  const html = given('html');
  return {
    documentIds,
    once: form.text('once').slice(0, 100),
    ...(isId('message', form.text('replaces')) ? { replaces: form.text('replaces') } : {}),
    purpose: purposes.find((one) => one === form.text('purpose')) ?? 'first',
    ...chosenText(form.text('templateId')),
    ...chosenSender(form),
    ...touchedLast(form),
    fromName: given('fromName'),
    to: given('to'),
    cc: given('cc'),
    bcc: given('bcc'),
    subject: changed('subject'),
    ...(html === undefined ? { text: changed('text') } : { html }),
    attach: (['both', 'link', 'attachment'] as const).find((one) => one === form.text('attach')),
    ticked: form.texts('attachFile'),
    fileName: changed('fileName'),
    ...(form.has('channelsShown')
      ? { channels: channels.filter((one) => form.texts('channel').includes(one)) }
      : {}),
    service: dispatchServices.find((one) => one === form.text('service')),
    serviceDays: /^\d{1,2}$/.test(form.text('serviceDays')) ? Number(form.text('serviceDays')) : undefined,
    hideSender: form.has('hideSenderShown') ? form.has('hideSender') : undefined,
    tracking: (['none', 'links', 'full'] as const).find((one) => one === form.text('tracking')),
    copyToSender: form.has('copyToSender'),
    when: form.text('when') === 'at' ? 'at' : 'now',
    sendAt: form.text('sendAt'),
    anyway: form.has('anyway'),
    facts: form,
  };
}

/** The sender counts where it differs from the proposed one; a form that does not say what was proposed names one. */
function chosenSender(form: PostedForm): Pick<SendForm, 'senderId' | 'senderIsOwn'> {
  const senderId = form.text('senderId');
  if (!isId('sender', senderId) || senderId === form.text('senderWas')) return {};
  return { senderId, senderIsOwn: form.has('senderWas') };
}

function touchedLast(form: PostedForm): Pick<SendForm, 'touched'> {
  const isTouched = (name: string): boolean =>
    form.has(`${name}Shown`) && form.text(name) !== form.text(`${name}Shown`);
  if (isTouched('senderId')) return { touched: 'sender' };
  return isTouched('templateId') ? { touched: 'text' } : {};
}

/** `en` is the default text in English, `en:built-in` the one that comes with Envoi, `tpl_…` one of the company. */
function chosenText(choice: string): Pick<SendForm, 'language' | 'templateId'> {
  if (isId('template', choice)) return { templateId: choice };
  const [language = '', which] = choice.split(':');
  if (!isLanguage(language)) return {};
  return which === 'built-in' ? { language, templateId: null } : { language };
}

/** The same as the domain understands it. `zone` is the one in which the time to send was typed. */
export function requestOf(
  form: SendForm,
  of: { readonly companyId: string; readonly author: Author; readonly zone: string },
): DispatchRequest {
  const list = (text: string | undefined): readonly string[] | undefined =>
    text === undefined ? undefined : [text];
  const documentFiles = (form.ticked ?? []).filter((one) => /\.(pdf|xml)$/.test(one));
  return {
    companyId: of.companyId,
    author: of.author,
    origin: 'manual',
    documentIds: form.documentIds,
    purpose: form.purpose,
    replaces: form.replaces,
    to: list(form.to),
    cc: list(form.cc),
    bcc: list(form.bcc),
    channels: form.channels,
    senderId: form.senderId,
    fromName: form.fromName,
    language: form.language,
    templateId: form.templateId,
    subject: form.subject,
    html: form.html,
    text: form.text,
    attach: form.attach === undefined ? undefined : form.attach !== 'link' && documentFiles.length > 0,
    link: form.attach === undefined ? undefined : form.attach !== 'attachment',
    fileType: fileTypeOf(documentFiles),
    fileName: form.fileName,
    fileIds: (form.ticked ?? []).filter((one) => isId('file', one)),
    service: form.service,
    serviceDays: form.serviceDays,
    // The tick means something behind a code of our own alone.
    hideSender: services.some((one) => one === form.service) ? form.hideSender : undefined,
    tracking: form.tracking,
    copyToSender: form.copyToSender,
    sendAt: form.when === 'at' ? zonedTime(form.sendAt, of.zone) : null,
  };
}

function fileTypeOf(files: readonly string[]): FileType | undefined {
  const hasPdf = files.some((file) => file.endsWith('.pdf'));
  const hasXml = files.some((file) => file.endsWith('.xml'));
  if (hasPdf && hasXml) return 'both';
  return hasXml ? 'xml' : hasPdf ? 'pdf' : undefined;
}

function documentsOf(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id) => isId('document', id)))].slice(0, 50);
}

/** Browsers post line ends as CRLF (HTML §4.10.22.4). */
function sameText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

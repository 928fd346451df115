import { isId } from '#base/ids';
import type { Language } from '#base/language';
import type { Company } from '#domain/accounts';
import { dispatchServices, offeredServices } from '#domain/dispatch';
import { type ExtraFile, getExtraFiles } from '#domain/documents';
import { services } from '#domain/registered';
import { type Policy, type PolicyChange, remindableKinds, type Step } from '#domain/reminders';
import { joinPdfsWays } from '#domain/runs';
import { listSenders } from '#domain/senders';
import { htmlFromPlainText, type TextTemplate } from '#domain/templates';
import type { Tx } from '#stores/database';
import { typedAmount } from '../documents/typed-amount.ts';
import type { Errors } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { PolicyFormModel } from '../screens/reminders-model.ts';
import { plainText } from '../send/plain-text.ts';
import type { PostedForm } from '../staff/read-form.ts';

/** Lines for steps: those that there are, and some empty ones. */
const lines = 6;
const noStep = {
  was: '',
  days: '',
  senderId: '',
  letter: false,
  file: null,
  service: 'standard',
  hideSender: false,
  subject: '',
  text: '',
};

/** The form of a policy, or of a new one with the usual steps. */
export async function policyForm(
  tx: Tx<WebTables>,
  company: Company,
  shown: {
    readonly policy: Policy | null;
    readonly values?: PolicyFormModel['values'];
    readonly errors?: Errors;
  },
): Promise<PolicyFormModel> {
  const senders = (await listSenders(tx, company.id)).map((one) => ({ value: one.id, text: one.address }));
  return {
    id: shown.policy?.id ?? null,
    values: shown.values ?? valuesOf(shown.policy, company, await filesOf(tx, shown.policy)),
    kinds: remindableKinds,
    senders,
    services: await offeredServices(tx, company),
    errors: shown.errors ?? {},
  };
}

/** The uploaded letters of a policy's steps. */
async function filesOf(tx: Tx<WebTables>, policy: Policy | null): Promise<readonly ExtraFile[]> {
  const ids = (policy?.steps ?? []).flatMap((step) => step.fileIds ?? []);
  return policy ? getExtraFiles(tx, policy.companyId, ids) : [];
}

function valuesOf(
  policy: Policy | null,
  { language, hideSender }: Company,
  files: readonly ExtraFile[],
): PolicyFormModel['values'] {
  const fileOf = (step: Step): { id: string; name: string } | null => {
    const file = files.find((one) => step.fileIds?.includes(one.id));
    return file ? { id: file.id, name: file.fileName } : null;
  };
  const steps = policy
    ? policy.steps.map((step) => ({
        was: String(step.days),
        days: String(step.days),
        senderId: step.senderId ?? '',
        letter: step.letter,
        file: fileOf(step),
        service: step.service ?? 'standard',
        hideSender: step.hideSender ?? false,
        subject: step.texts[language]?.subject ?? '',
        text: step.texts[language] ? plainText(step.texts[language].html) : '',
      }))
    : ['7', '14', '28'].map((days) => ({ ...noStep, hideSender, days }));
  return {
    name: policy?.name ?? '',
    isActive: policy?.isActive ?? true,
    mode: policy?.mode ?? 'review',
    kinds: policy?.kinds ?? ['invoice'],
    minimumAmount: policy?.minimumAmount ?? '',
    isGrouped: policy?.isGrouped ?? true,
    joinPdfs: policy?.joinPdfs ?? '',
    bankDays: policy ? (policy.bankDays === null ? '' : String(policy.bankDays)) : '5',
    sendHour: String(policy?.sendHour ?? 9),
    steps: padded(steps, { ...noStep, hideSender }),
  };
}

function padded(
  steps: PolicyFormModel['values']['steps'],
  empty = noStep,
): PolicyFormModel['values']['steps'] {
  return [...steps, ...Array.from({ length: Math.max(1, lines - steps.length) }, () => empty)];
}

/** What was typed, to be shown again. */
export function typedValues(form: PostedForm): PolicyFormModel['values'] {
  const steps = form
    .names()
    .flatMap((name) => (/^days-\d{1,2}$/.test(name) ? [name.slice('days-'.length)] : []))
    .map((at) => ({
      was: form.text(`was-${at}`).trim(),
      days: form.text(`days-${at}`).trim(),
      senderId: form.text(`sender-${at}`),
      letter: form.has(`letter-${at}`),
      file: fileTyped(form, at),
      service: form.text(`service-${at}`),
      hideSender: form.has(`hide-${at}`),
      subject: form.text(`subject-${at}`).trim(),
      text: form.text(`text-${at}`).trim(),
    }))
    .filter((step) => step.days !== '');
  return {
    name: form.text('name'),
    isActive: true,
    mode: form.text('mode') === 'automatic' ? 'automatic' : 'review',
    kinds: form.texts('kinds'),
    minimumAmount: form.text('minimumAmount').trim(),
    isGrouped: form.has('isGrouped'),
    joinPdfs: joinPdfsWays.find((way) => way === form.text('joinPdfs')) ?? '',
    bankDays: form.text('bankDays').trim(),
    sendHour: form.text('sendHour').trim(),
    steps: padded(steps),
  };
}

/** The letter that was there stays unless it is taken away. */
function fileTyped(form: PostedForm, at: string): { id: string; name: string } | null {
  const id = form.text(`file-${at}`);
  if (!isId('file', id) || form.has(`noFile-${at}`)) return null;
  return { id, name: form.text(`fileName-${at}`).slice(0, 255) };
}

/** What was typed, as the domain takes it. Texts in other languages than the company's stay as they are. */
export function changeOf(
  values: PolicyFormModel['values'],
  before: Policy | null,
  language: Language,
): PolicyChange {
  const { name, mode, kinds, isGrouped, joinPdfs, minimumAmount, bankDays, sendHour } = values;
  return {
    ...{ name, mode, kinds, isGrouped, joinPdfs: joinPdfs || null },
    minimumAmount: minimumAmount === '' ? null : typedAmount(minimumAmount),
    bankDays: bankDays === '' ? null : Number(bankDays),
    sendHour: sendHour === '' ? 9 : Number(sendHour),
    steps: values.steps
      .filter((step) => step.days !== '')
      .map((step): Step => {
        const days = Number(step.days);
        const was = step.was === '' ? days : Number(step.was);
        const { [language]: old, ...others } = before?.steps.find((one) => one.days === was)?.texts ?? {};
        const isOwn = step.subject !== '' || step.text !== '';
        const own = { subject: step.subject, html: htmlOf(step.text, old) };
        return {
          days,
          senderId: isId('sender', step.senderId) ? step.senderId : null,
          letter: step.letter,
          fileIds: step.file ? [step.file.id] : [],
          service: dispatchServices.find((one) => one === step.service) ?? 'standard',
          hideSender: step.hideSender && services.some((one) => one === step.service),
          texts: isOwn ? { ...others, [language]: own } : others,
        };
      }),
  };
}

/** What was typed, as HTML; what was left as it was keeps the form that it had, and nothing stays nothing. */
function htmlOf(typed: string, old: TextTemplate | undefined): string {
  const text = typed.replace(/\r\n/g, '\n');
  if (text === '') return '';
  return old && plainText(old.html).trim() === text ? old.html : htmlFromPlainText(text);
}

import { isId } from '#base/ids';
import { type Language, languageName, languages } from '#base/language';
import type { Company } from '#domain/accounts';
import { dispatchServices, offeredServices } from '#domain/dispatch';
import { type ExtraFile, getExtraFiles } from '#domain/documents';
import { services } from '#domain/registered';
import { levelOf, type Policy, type PolicyChange, remindableKinds, type Step } from '#domain/reminders';
import { joinPdfsWays } from '#domain/runs';
import { listSenders } from '#domain/senders';
import type { Tx } from '#stores/database';
import { typedAmount } from '../documents/typed-amount.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { KeptStepModel, PolicyFormModel } from '../screens/reminders-model.ts';
import type { PostedForm } from '../staff/read-form.ts';

/** Empty lines after the steps that there are. */
const emptyLines = 2;
const noStep = {
  was: '',
  days: '',
  senderId: '',
  letter: false,
  file: null,
  service: 'standard',
  hideSender: false,
};

/** The form of a policy, or of a new one with the usual steps. */
export async function policyForm(
  tx: Tx<WebTables>,
  company: Company,
  shown: {
    readonly policy: Policy | null;
    readonly language: Language;
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
    kept: keptSteps(shown.policy, company.language, shown.language),
    errors: shown.errors ?? {},
  };
}

/** The steps that are kept; `shownIn` is the language of the screen. */
function keptSteps(policy: Policy | null, language: Language, shownIn: Language): PolicyFormModel['kept'] {
  const ordered = [language, ...languages.filter((one) => one !== language)];
  const entries = (policy?.steps ?? []).map((step): [string, KeptStepModel] => [
    String(step.days),
    {
      level: policy ? levelOf(policy, step) : 1,
      texts: ordered.map((one) => ({
        language: languageName(one, shownIn),
        isOwn: step.texts[one] !== undefined,
        href: paths.policyText(policy?.id ?? '', step.days, one),
      })),
    },
  ]);
  return Object.fromEntries(entries);
}

/** The uploaded letters of a policy's steps. */
async function filesOf(tx: Tx<WebTables>, policy: Policy | null): Promise<readonly ExtraFile[]> {
  const ids = (policy?.steps ?? []).flatMap((step) => step.fileIds ?? []);
  return policy ? getExtraFiles(tx, policy.companyId, ids) : [];
}

function valuesOf(
  policy: Policy | null,
  { hideSender }: Company,
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
  return [...steps, ...Array.from({ length: emptyLines }, () => empty)];
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

/** What was typed, as the domain takes it. The texts of a step, which have a page of their own, stay as they are. */
export function changeOf(values: PolicyFormModel['values'], before: Policy | null): PolicyChange {
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
        return {
          days,
          senderId: isId('sender', step.senderId) ? step.senderId : null,
          letter: step.letter,
          fileIds: step.file ? [step.file.id] : [],
          service: dispatchServices.find((one) => one === step.service) ?? 'standard',
          hideSender: step.hideSender && services.some((one) => one === step.service),
          texts: before?.steps.find((one) => one.days === was)?.texts ?? {},
        };
      }),
  };
}

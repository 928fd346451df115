import { languageName } from '#base/language';
import type { DispatchWarning } from '#domain/dispatch';
import { maySend, type Sender } from '#domain/senders';
import { paths, type View } from '../kit/index.ts';
import type { PreviewModel } from '../screens/send-model.ts';
import type { Drafted } from './draft-send.ts';
import type { SendForm } from './send-form.ts';

type Warning = PreviewModel['warnings'][number];

/** What the person should know before it leaves, each with its way out. */
export function warningModels(view: View, { draft }: Drafted, form: SendForm): Warning[] {
  const { sender } = draft;
  const unchecked = sender?.state === 'unchecked' && maySend(sender) ? [uncheckedNote(view, sender)] : [];
  const again = form.isProposed ? [againNote(view, form)] : [];
  return [
    ...unchecked,
    ...again,
    ...draft.warnings.map((warning) => warningModel(view, warning, { draft, form })),
  ];
}

function warningModel(
  view: View,
  warning: DispatchWarning,
  about: { readonly draft: Drafted['draft']; readonly form: SendForm },
): Warning {
  const { t, format } = view;
  const { draft, form } = about;
  const note = (key: string, values: Record<string, string>): Pick<Warning, 'bold' | 'text'> => {
    const [bold, text] = [`${key}.bold`, `${key}.text`].map((name) => (t.has(name) ? t(name, values) : ''));
    return { bold: bold ?? '', text: text ?? '' };
  };
  const plain = { state: 'unconfirmed', href: null, wayOut: null } as const;
  switch (warning.kind) {
    case 'already_sent':
      return sentBefore(view, warning, form);
    case 'no_own_sender':
      return {
        ...plain,
        state: 'held',
        ...note('send.warn.no_own_sender', {}),
        href: paths.settingsSenders,
        wayOut: t('sandbox.connect'),
      };
    case 'suppressed':
      return {
        ...plain,
        state: 'held',
        ...note('send.warn.suppressed', { address: warning.address }),
        href: paths.suppressions,
        wayOut: t('blocked.see'),
      };
    case 'misdirected':
      return { ...plain, state: 'held', ...note('send.warn.misdirected', { address: warning.address }) };
    case 'sender_broken':
      return brokenNote(view, draft);
    case 'language_differs':
      return { ...plain, ...languageNote(view, draft, warning, form) };
    case 'large':
      return { ...plain, ...note('send.warn.large', { size: format.bytes(warning.bytes) }) };
    case 'courtesy_copy':
      return { ...plain, state: 'waiting', ...note('send.warn.courtesy_copy', {}) };
    case 'plan_near':
    case 'plan_full':
      return { ...plain, ...planNote(view, warning) };
    case 'asks_despite':
      return { ...plain, ...note('send.warn.asks_despite', { why: t(`reminders.why.${warning.reason}`) }) };
  }
}

function sentBefore(
  { t, format }: View,
  warning: Extract<DispatchWarning, { kind: 'already_sent' }>,
  form: SendForm,
): Warning {
  const when = format.relative(warning.at);
  return {
    state: 'unconfirmed',
    bold: t('send.warn.already_sent.bold', { when }),
    text: t('send.warn.already_sent.text', { address: warning.address }),
    href: `${paths.document(form.documentIds[0] ?? '')}#${warning.dispatchId}`,
    wayOut: t('send.warn.see'),
  };
}

function planNote(
  { t, format }: View,
  warning: Extract<DispatchWarning, { kind: 'plan_near' | 'plan_full' }>,
): Omit<Warning, 'state'> {
  const { kind, wanted, used, limit, until } = warning;
  const values = { wanted, left: Math.max(0, limit - used), day: format.longDate(until) };
  return {
    bold: t(`send.warn.${kind}.bold`, values),
    text: t(`send.warn.${kind}.text`, values),
    href: paths.settingsPlan,
    wayOut: t('notice.seePlan'),
  };
}

function languageNote(
  view: View,
  draft: Drafted['draft'],
  warning: Extract<DispatchWarning, { kind: 'language_differs' }>,
  form: SendForm,
): Omit<Warning, 'state'> {
  const { t } = view;
  const language = nameOf(view, warning.of);
  const values = {
    customer: draft.customer?.name ?? '',
    of: language,
    language: nameOf(view, warning.language),
  };
  return {
    bold: t('send.warn.language_differs.bold', values),
    text: t('send.warn.language_differs.text', values),
    href: languageLink(form, warning.of),
    wayOut: t('send.warn.useLanguage', { language }),
  };
}

function brokenNote(view: View, { sender, senderReason }: Drafted['draft']): Warning {
  const key = `reason.${sender?.problem ?? ''}`;
  const why = view.t.has(key) ? view.t(key, { address: sender?.address ?? '', count: 1 }) : '';
  const isOfText = senderReason === 'per_template';
  return {
    state: 'failed',
    bold: view.t('send.warn.sender_broken.bold', { address: sender?.address ?? '' }),
    text: `${why} ${view.t(`send.warn.sender_broken.${isOfText ? 'ofText' : 'text'}`)}`.trim(),
    href: sender ? paths.sender(sender.id) : paths.settingsSenders,
    wayOut: view.t('notice.mendSender'),
  };
}

function uncheckedNote(view: View, sender: Sender): Warning {
  return {
    state: 'unconfirmed',
    bold: view.t('send.warn.unchecked.bold', { address: sender.address }),
    text: view.t('send.warn.unchecked.text'),
    href: paths.sender(sender.id),
    wayOut: view.t('notice.mendSender'),
  };
}

/** The document went out before, so the text asks again; the way back to the plain one. */
function againNote(view: View, form: SendForm): Warning {
  const query = new URLSearchParams([
    ...form.documentIds.map((id) => ['document', id]),
    ['purpose', 'resend'],
  ]);
  return {
    state: 'waiting',
    bold: view.t('send.warn.again.bold'),
    text: view.t('send.warn.again.text'),
    href: `${paths.sendWindow}?${query}`,
    wayOut: view.t('send.warn.again.wayOut'),
  };
}

function nameOf(view: View, language: string): string {
  return languageName(language as View['language'], view.language);
}

function languageLink(form: SendForm, language: string): string {
  const query = new URLSearchParams(form.documentIds.map((id) => ['document', id]));
  if (form.purpose !== 'first') query.set('purpose', form.purpose);
  query.set('language', language);
  return `${paths.sendWindow}?${query}`;
}

import { languageName, languages } from '#base/language';
import { after, hour } from '#base/time';
import { type Addressee, isBehindCode } from '#domain/dispatch';
import type { Sender } from '#domain/senders';
import { htmlFromPlainText } from '#domain/templates';
import type { TrackingMode } from '#domain/tracking';
import { type Errors, type KnownAddress, paths, type View } from '../kit/index.ts';
import { titleInSentence } from '../screens/document-words.ts';
import type { SendModel } from '../screens/send-model.ts';
import type { Drafted, Sending } from './draft-send.ts';
import { editorHtml, plainText } from './plain-text.ts';
import { previewModel } from './preview-model.ts';
import type { SendForm } from './send-form.ts';
import { zonedField } from './zoned-time.ts';

/** 25 MB: what the domain allows in one mail before encoding. */
const limitBytes = 25 * 2 ** 20;

/** The window as it is shown: opened, or come back with what is wrong. */
export function sendModel(
  sending: Sending,
  drafted: Drafted,
  shown: {
    readonly errors: Errors;
    readonly portalUrl: string;
    readonly senderSaid: string | null;
    readonly codesByText: boolean;
  },
): SendModel {
  const { view } = sending;
  const { draft, facts, form } = drafted;
  const [first] = draft.documents;
  return {
    documents: draft.documents.map((document) => ({
      id: document.id,
      title: titleInSentence(view, document),
    })),
    customer: draft.customer?.name ?? first?.buyerName ?? null,
    purpose: draft.purpose,
    once: form.once,
    replaces: form.replaces ?? null,
    codesByText: shown.codesByText,
    ...deliveryParts(drafted),
    ...channelParts(view, drafted),
    ...senderParts(view, drafted, form, shown.senderSaid),
    ...addressParts(draft.addressees, form),
    toIsProposed: drafted.toIsProposed,
    copyToSender: draft.copyToSender,
    ...fileParts(drafted, form),
    attach: form.attach ?? (draft.attach ? (draft.link ? 'both' : 'attachment') : 'link'),
    tracking: draft.tracking,
    trackingChoices: choicesUpTo(draft.company.trackingMode),
    when: form.when === 'at' ? { kind: 'at', at: form.sendAt } : { kind: 'now' },
    proposedAt: zonedField(after(sending.now, hour), draft.company.timeZone),
    ...textParts(drafted, form),
    templates: templateChoices(view, drafted),
    templateId: templateChoice(drafted, form),
    facts,
    preview: previewModel(sending, drafted, form, shown.portalUrl),
    errors: shown.errors,
    back: form.replaces
      ? paths.message(form.replaces)
      : draft.documents.length === 1 && first
        ? paths.document(first.id)
        : paths.documents,
  };
}

/** The service, and what there is to choose about it. */
function deliveryParts({ draft, form }: Drafted) {
  return {
    service: draft.service,
    services: draft.offered,
    serviceDays: draft.serviceDays,
    senderHidden: draft.senderHidden,
    hideTicked: isBehindCode(draft.service)
      ? draft.senderHidden
      : (form.hideSender ?? draft.company.hideSender),
  };
}

/** Both ways, where the customer is found in the network; the name and how it is proven are said. */
function channelParts(
  view: View,
  { draft: { partner, channels, unreachable } }: Drafted,
): Pick<SendModel, 'channels' | 'partner' | 'unreachable'> {
  if (!partner) return { channels, partner: null, unreachable };
  const name = partner.name.replace(/^\w+:/, '');
  return {
    channels,
    unreachable,
    partner: { company: partner.companyName, proof: view.t(`network.proof.${partner.proof}`, { name }) },
  };
}

function senderParts(view: View, { draft, senders }: Drafted, form: SendForm, said: string | null) {
  const { sender, senderReason } = draft;
  // From the account with a provider, or from the platform's address: there is nothing to choose then.
  const isFixed = sender && (senderReason === 'provider_account' || senderReason === 'neutral_address');
  return {
    senders: (isFixed ? [sender] : senders).map((one) => ({ id: one.id, label: senderLabel(view, one) })),
    senderId: sender?.id ?? null,
    senderIsOwn: senderReason === 'chosen',
    senderReason: senderReason
      ? reasonSentence(view, draft, senderReason)
      : view.t('send.wrong.sender_missing'),
    senderState: sender?.method === 'sandbox' ? ('valid' as const) : (sender?.state ?? ('broken' as const)),
    senderSaid: said,
    // What was typed waits until the sender is named again.
    fromName: draft.senderHidden ? (form.fromName ?? '') : draft.fromName,
  };
}

/** Why it leaves from that address; who and what the rule looked at stand in it. */
function reasonSentence(
  view: View,
  { documents, sender }: Drafted['draft'],
  reason: NonNullable<Drafted['draft']['senderReason']>,
): string {
  const kind = view.t(`kind.${documents[0]?.kind ?? 'other'}`);
  return view.t(`send.reason.${reason}`, {
    who: view.user?.name ?? '',
    kind,
    address: sender?.address ?? '',
  });
}

function senderLabel(view: View, sender: Sender): string {
  return sender.method === 'sandbox' ? `${view.t('method.sandbox')} · ${sender.address}` : sender.address;
}

function addressParts(addressees: readonly Addressee[], form: SendForm) {
  const known = (role: Addressee['role']): KnownAddress[] =>
    addressees
      .filter((one) => one.role === role)
      .map(({ name, address }) => ({ name: name || null, address, state: 'good' }));
  const typed = Object.fromEntries(
    (['to', 'cc', 'bcc'] as const).flatMap((field) => {
      const text = form[field];
      return text === undefined ? [] : [[field, text]];
    }),
  );
  return { to: known('to'), cc: known('cc'), bcc: known('bcc'), typed };
}

function fileParts({ draft }: Drafted, form: SendForm): Pick<SendModel, 'files' | 'limitBytes' | 'fileName'> {
  const { documentFiles, extraFiles, fileType } = draft.attached;
  const isOnly = draft.documents.length === 1;
  const files = documentFiles.map((file) => {
    const isXml = file.mediaType === 'application/xml';
    const id = `${file.documentId}.${isXml ? 'xml' : 'pdf'}`;
    const isUsual = fileType === 'both' || fileType === (isXml ? 'xml' : 'pdf');
    return {
      id,
      name: file.fileName,
      bytes: file.bytes,
      ticked: form.ticked?.includes(id) ?? isUsual,
      isXml,
    };
  });
  const extra = extraFiles.map(({ id, fileName, bytes }) => ({
    id,
    name: fileName,
    bytes,
    ticked: true,
    isXml: false,
  }));
  return { files: [...files, ...extra], limitBytes, fileName: isOnly ? (files[0]?.name ?? null) : null };
}

function choicesUpTo(ceiling: TrackingMode): TrackingMode[] {
  const modes: readonly TrackingMode[] = ['full', 'links', 'none'];
  return modes.slice(modes.indexOf(ceiling));
}

/** The text for the editor and, without a script, for the plain field. */
function textParts({ draft }: Drafted, form: SendForm) {
  // With a hidden sender the notice says what it always says, whatever was typed.
  const typed = draft.senderHidden ? undefined : form.text;
  const isOwn = !draft.senderHidden && (form.html !== undefined || form.text !== undefined);
  const html = typed === undefined ? draft.bodyHtml : htmlFromPlainText(typed);
  return {
    subject: draft.subject,
    subjectIsOwn: form.subject !== undefined && !draft.senderHidden,
    html: editorHtml(html),
    text: typed ?? plainText(draft.bodyHtml),
    textIsOwn: isOwn,
  };
}

/** The default text of every language, then the others: the company's, and the built-in one where it is not the default. */
function templateChoices(view: View, drafted: Drafted) {
  return languages.flatMap((language) => {
    const own = drafted.templates.filter((one) => one.language === language);
    const usual = own.find((one) => one.isDefault);
    const label = (name?: string, senderId?: string | null): string => {
      const words = [templateLabel(view, drafted, languageName(language, view.language)), name];
      const mark = drafted.stuck.has(senderId ?? '') ? '✗ ' : '';
      return mark + words.filter(Boolean).join(' · ');
    };
    return [
      { id: language as string, label: label(usual?.name, usual?.senderId) },
      ...own
        .filter((one) => one !== usual)
        .map((one) => ({ id: one.id, label: label(one.name, one.senderId) })),
      ...(usual ? [{ id: `${language}:built-in`, label: label(view.t('templates.builtIn')) }] : []),
    ];
  });
}

function templateChoice({ draft }: Drafted, form: SendForm): string {
  if (draft.template && !draft.template.isDefault) return draft.template.id;
  return form.templateId === null ? `${draft.language}:built-in` : draft.language;
}

function templateLabel(view: View, { draft }: Drafted, language: string): string {
  const [first, ...others] = draft.documents;
  const kind = others.length === 0 && first ? view.t(`kind.${first.kind}`) : view.t('place.documents');
  return [kind, view.t(`purpose.${draft.purpose}`, { origin: 'manual' }), language].join(' · ');
}

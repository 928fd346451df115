import { newId } from '#base/ids';
import type { Language } from '#base/language';
import { domainOf, normaliseAddress } from '#mail/address';
import { signMail } from '#mail/dkim';
import { composeMail, encodeAttachment, mailChunks } from '#mail/mime';
import type { Refused, Sender, SenderProblem } from '../sender.ts';
import { readAddress } from '../sender-input.ts';
import type { Signers } from '../signers.ts';
import type { Carry } from '../test-mail.ts';
import type { SendingDomain } from './domain.ts';
import { shownDomain } from './domain-name.ts';
import { domainTexts } from './domain-texts.ts';
import { drawSettingsPdf } from './settings-pdf.ts';

export interface SettingsMail {
  readonly domain: SendingDomain;
  readonly sender: Sender;
  readonly to: string;
  readonly companyName: string;
  readonly language: Language;
  readonly replyTo: string;
  readonly pageUrl: string;
}

/**
 * Mails the records of a domain to the person who sets them: the sheet as a PDF, and the page that shows whether they are right.
 * A person waits, so it goes at once and once; what their server refuses is returned.
 */
export async function mailSettings(
  deps: { readonly carry: Carry; readonly signers: Signers },
  mail: SettingsMail,
  now: Date,
): Promise<{ readonly ok: true } | Refused<'address_invalid' | SenderProblem>> {
  const to = readAddress(mail.to, 'address_invalid');
  if (!to.ok) return { ok: false, reason: 'address_invalid' };
  const { domain, sender, companyName, language, replyTo, pageUrl } = mail;
  const t = domainTexts(language);
  const name = shownDomain(domain.name);
  const pdf = await drawSettingsPdf({ domain, companyName, language, pageUrl }, now);
  const text = [t('intro', { company: companyName, domain: name }), t('live', { url: pageUrl })].join('\n\n');
  const composed = composeMail({
    headers: {
      from: { name: companyName, address: sender.address },
      to: [{ name: '', address: to.value }],
      replyTo: { name: '', address: replyTo },
      subject: t('title', { domain: name }),
      messageId: `${newId('message', now).toLowerCase()}.dns@${domainOf(sender.address)}`,
      date: now,
    },
    text,
    attachments: [
      encodeAttachment({ fileName: `${domain.name}.pdf`, mediaType: 'application/pdf', bytes: pdf }),
    ],
  });
  const signed = (await deps.signers(sender, now)).reduce(signMail, composed);
  const from = normaliseAddress(sender.address);
  const delivery = await deps.carry(sender, { from, to: to.value, chunks: mailChunks(signed) });
  return delivery.kind === 'accepted' ? { ok: true } : { ok: false, reason: delivery.problem };
}

import type { SubmitSettings } from '#domain/dispatch';
import { type Fact, record } from '#domain/evidence';
import type { Link } from '#domain/tracking';
import { nameOf, type RespondTx, readAbout, speakerOf } from './about.ts';
import { type CodeHolder, keepCode } from './code.ts';
import { mailNote } from './mail-note.ts';

/** Mails a code to the mailbox that the link went to, and to no other. False when it may not have one, or has had too many. */
export async function mailCode(
  tx: RespondTx,
  settings: SubmitSettings,
  at: { readonly link: Link; readonly documentId: string; readonly key: Uint8Array },
  holder: CodeHolder,
  code: string,
  now: Date,
): Promise<boolean> {
  const about = await readAbout(tx, at.link, at.documentId);
  if (!about || !(await keepCode(tx, at.key, holder, code, now))) return false;
  const { company, message, document, dispatch } = about;
  const { t } = speakerOf(company, at.link.language, now);
  const subject = t(`code.${holder.purpose}.subject`, {
    document: nameOf(t, document),
    company: company.name,
  });
  const note = {
    to: { role: 'notification' as const, name: message.name, address: message.address },
    language: at.link.language,
    isSecret: true,
    subject,
    text: `${code.slice(0, 4)} ${code.slice(4)}\n\n${t('code.text')}\n\n${t('code.unasked')}`,
  };
  const facts = await mailNote(tx, about, note, settings.portalUrl, settings.platformDomain, now);
  const mailed: Fact = {
    type: 'code.mailed',
    companyId: company.id,
    dispatchId: dispatch.id,
    messageId: message.id,
    documentId: document.id,
    at: now,
    actor: 'system',
    data: { purpose: holder.purpose },
  };
  await record(tx, [mailed, ...facts]);
  return facts.length > 0;
}

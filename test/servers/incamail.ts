import PostalMime from 'postal-mime';
import { openPaper } from '#formats/pdf';
import { type Identity, makeRoot, makeSeal, rangePlace, sealBytes, sealPdf } from '#formats/signature';
import { certificatePem } from '#stores/keys';
import { withPlaceForSeal, withWords } from '../sign-again.ts';
import { type PoliteServer, startPolite } from './polite.ts';

/** What the fake can make of a mail that it took. */
export type FakeEnding = 'submitted' | 'accepted' | 'refused' | 'expired' | 'undeliverable' | 'blocked';

export interface ReceiptTwist {
  /** Another recipient in the PDF than the one of the mail. */
  readonly to?: string;
  /** Signed by somebody of whom nobody has heard. */
  readonly byStranger?: boolean;
  /** One byte of the PDF is not what was signed. */
  readonly damaged?: boolean;
  readonly unsigned?: boolean;
  /** From another address than the provider's. */
  readonly from?: string;
  /** Says this in the subject, whatever the PDF says. */
  readonly subject?: string;
  /** Signed once more, by the provider or by somebody of whom nobody has heard. */
  readonly signedAgain?: 'own' | 'stranger';
  /** These words are written on it after it was signed, by nobody. */
  readonly addedAfter?: string;
  /** Refers to the Message-ID of the mail; otherwise it names subject and recipient only. */
  readonly refers?: boolean;
}

/** A mail provider that takes marked mails by SMTP and answers with receipts, as IncaMail describes its own. */
export interface FakeIncamail {
  readonly smtp: PoliteServer;
  readonly user: string;
  readonly password: string;
  /** Where its receipts come from. */
  readonly receiptsFrom: string;
  /** The root of its certificates, PEM. */
  readonly root: string;
  /** The mail that it took for this recipient, read. */
  taken(address: string): Promise<{ subject: string; to: string; headers: ReadonlyMap<string, string> }>;
  /** The mail in which it tells the sender how the one to this recipient ended. */
  receipt(address: string, ending: FakeEnding, twist?: ReceiptTwist): Promise<Buffer>;
  close(): Promise<void>;
}

const user = 'invoices@vautrin.example';
const password = 'yellow post horn';
const names: Readonly<Record<FakeEnding, string>> = {
  submitted: 'Abgabequittung',
  accepted: 'Abholquittung',
  refused: 'Annahmeverweigerungsquittung',
  expired: 'Verfallquittung',
  undeliverable: 'Ihre Nachricht konnte nicht zugestellt werden',
  blocked: 'Der Empfänger hat den Empfang von Einschreiben gesperrt',
};
const wish = (commonName: string) => ({
  commonName,
  organization: 'Fake Post',
  from: new Date('2020-01-01T00:00:00Z'),
  until: new Date('2040-01-01T00:00:00Z'),
});

function identity(name: string): { readonly root: Identity; readonly seal: Identity } {
  const root = makeRoot(wish(`${name} root`));
  return { root, seal: makeSeal(root, wish(`${name} root`), wish(`${name} receipts`)) };
}

/** Starts it on a free port of 127.0.0.1. */
export async function startIncamail(): Promise<FakeIncamail> {
  const smtp = await startPolite({ users: { [user]: password } });
  const [own, stranger] = [identity('Fake Post'), identity('Nobody')];
  const receiptsFrom = 'receipts@incamail.example';
  let count = 0;
  const mailTo = async (address: string) => {
    const found = smtp.mails.find((mail) => mail.to.some((to) => to.startsWith(address)));
    if (!found) throw new Error(`No mail to ${address} was taken.`);
    return { found, read: await PostalMime.parse(found.bytes) };
  };
  return {
    ...{ smtp, user, password, receiptsFrom, root: certificatePem(own.root.certificate) },
    taken: async (address) => {
      const { found, read } = await mailTo(address);
      const headers = new Map(read.headers.map(({ key, value }) => [key, value]));
      return { subject: read.subject ?? '', to: found.to[0] ?? '', headers };
    },
    receipt: async (address, ending, twist = {}) => {
      count += 1;
      const { read } = await mailTo(address);
      const subject = (read.subject ?? '').replace(/^<[cpr]> /, '');
      const hasPdf = ending !== 'undeliverable' && ending !== 'blocked';
      const facts = [names[ending], `An: ${twist.to ?? address}`, `Betreff: ${subject}`];
      const signer = twist.byStranger ? stranger : own;
      const drawnPdf = hasPdf ? await drawn(facts, twist.unsigned ? null : signer) : null;
      const pdf = drawnPdf && (await addedTo(drawnPdf, twist, { own, stranger }));
      if (pdf && twist.damaged) pdf.writeUInt8(pdf.readUInt8(pdf.length - 3) ^ 0x20, pdf.length - 3);
      return mailOf({
        from: twist.from ?? receiptsFrom,
        subject: twist.subject ?? names[ending],
        id: `fake-${count}@incamail.example`,
        about: twist.refers === false ? null : (read.messageId ?? null),
        text: facts.join('\n'),
        pdf,
      });
    },
    close: () => smtp.close(),
  };
}

async function drawn(facts: readonly string[], signer: ReturnType<typeof identity> | null): Promise<Buffer> {
  const paper = openPaper({
    title: facts[0] ?? '',
    language: 'de',
    date: new Date('2026-11-20T09:00:00Z'),
    foot: 'Fake Post',
    attachments: [],
    seal: signer ? { range: rangePlace, bytes: sealBytes } : null,
  });
  for (const fact of facts) paper.paragraph(fact);
  const pdf = await paper.finish();
  return signer ? sealPdf(pdf, { ...signer.seal, chain: [signer.root.certificate] }, null) : pdf;
}

/** What was done to a receipt after it was signed. */
async function addedTo(
  pdf: Buffer,
  { signedAgain, addedAfter }: ReceiptTwist,
  all: Readonly<Record<'own' | 'stranger', ReturnType<typeof identity>>>,
): Promise<Buffer> {
  if (addedAfter) return withWords(pdf, addedAfter);
  if (!signedAgain) return pdf;
  const { root, seal } = all[signedAgain];
  return sealPdf(await withPlaceForSeal(pdf), { ...seal, chain: [root.certificate] }, null);
}

function mailOf(mail: {
  readonly from: string;
  readonly subject: string;
  readonly id: string;
  readonly about: string | null;
  readonly text: string;
  readonly pdf: Buffer | null;
}): Buffer {
  const encoded = (mail.pdf?.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
  const attachment = mail.pdf
    ? `\r\n--x\r\nContent-Type: application/pdf; name=quittung.pdf\r\nContent-Disposition: attachment; filename=quittung.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`
    : '';
  const subject = `=?utf-8?B?${Buffer.from(mail.subject).toString('base64')}?=`;
  return Buffer.from(
    [
      `From: IncaMail <${mail.from}>`,
      `To: ${user}`,
      `Subject: ${subject}`,
      `Message-ID: <${mail.id}>`,
      ...(mail.about ? [`References: ${mail.about}`] : []),
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/plain; charset=utf-8',
      '',
      `${mail.text}${attachment}`,
      '--x--',
      '',
    ].join('\r\n'),
  );
}

import type { EventData } from '#domain/evidence';
import type { ReadMail } from '#mail/mime';

/** What a receipt says; `unknown` where it was not understood: then a person reads it. */
export type ReceiptKind =
  | 'submitted'
  | 'accepted'
  | 'refused'
  | 'expired'
  | 'undeliverable'
  | 'blocked'
  | 'unknown';

/** One of those who signed a PDF. */
export interface ReceiptSigner {
  readonly signer: string;
  readonly issuer: string;
  /** Times in RFC 3339: what the signer claims, and what a time stamp in the signature says. */
  readonly claimedAt: string | null;
  readonly stampedAt: string | null;
  /** Whether it leads to a root that the company trusts. */
  readonly trusted: boolean;
}

/**
 * What was found out about the signature of a receipt. `valid`: it holds, and leads to a root that the company trusts. `unknown_root`: it
 * holds, by whomever. `unconfirmed`: it does not hold, or is of a kind that we cannot check. `unsigned`, `no_pdf`: there is none.
 */
export interface ReceiptVerdict {
  readonly result: 'valid' | 'unknown_root' | 'unconfirmed' | 'unsigned' | 'no_pdf';
  readonly signer: string | null;
  readonly issuer: string | null;
  /** Times in RFC 3339: what the signer claims, and what a time stamp in the signature says. With several signatures, of the last. */
  readonly claimedAt: string | null;
  readonly stampedAt: string | null;
  /** All who signed, first to last. */
  readonly signers?: readonly ReceiptSigner[];
  /** How many bytes came into the file after the last signature: it does not cover them, and nothing is read from them. */
  readonly addedAfter?: number;
  /** Why it could not be confirmed, in English. */
  readonly why: string | null;
}

/** A verdict as events keep it. */
export function verdictData({ signers = [], addedAfter = 0, ...verdict }: ReceiptVerdict): EventData {
  return { ...verdict, signers: signers.map((one) => ({ ...one })), addedAfter };
}

/** A mail of the provider with its PDF, read but not yet tied to a message. */
export interface ReadReceipt {
  readonly mail: ReadMail;
  readonly kind: ReceiptKind;
  readonly kindFrom: 'pdf' | 'mail' | 'neither';
  /** The words of the mail, and those of the PDF, which are what is signed. */
  readonly mailText: string;
  readonly pdfText: string;
  readonly pdf: { readonly name: string; readonly bytes: Buffer; readonly sha256: string } | null;
  readonly verdict: ReceiptVerdict;
}

/**
 * The German names are Swiss Post's own (IncaMail online help). Those of the other languages are translations of ours: what IncaMail
 * writes there could not be found. What fits none of them, or two, is `unknown`.
 */
const words: Readonly<Record<Exclude<ReceiptKind, 'unknown'>, RegExp>> = {
  refused:
    /annahmeverweigerung|quittance de refus|ricevuta di rifiuto|refusal receipt|receipt of refusal|recipis[ăa] de refuz/iu,
  expired:
    /verfallquittung|quittance d['’]expiration|ricevuta di scadenza|expiry receipt|receipt of expiry|expiration receipt/iu,
  accepted:
    /abholquittung|quittance de (?:retrait|réception)|ricevuta di ritiro|(?:collection|acceptance|pick-?up) receipt|receipt of (?:collection|acceptance)/iu,
  submitted:
    /abgabequittung|quittance de dépôt|ricevuta d(?:i|['’])\s?(?:impostazione|consegna)|submission receipt|receipt of submission/iu,
  undeliverable:
    /unzustellbar|nicht zugestellt werden|non distribuable|pas pu être distribué|non recapitabile|undeliverable|could not be delivered/iu,
  blocked:
    /(?:einschreiben|empfänger|eingeschriebene)[^.]{0,80}(?:gesperrt|blockiert)|destinataire[^.]{0,80}bloqué|destinatario[^.]{0,80}bloccato|recipient[^.]{0,80}blocked/iu,
};

function kindsIn(text: string): ReceiptKind[] {
  return (Object.keys(words) as Exclude<ReceiptKind, 'unknown'>[]).filter((kind) => words[kind].test(text));
}

/** What stands in the first lines goes before what is said further down. */
const headLength = 300;

function kindIn(text: string): ReceiptKind | null {
  const head = kindsIn(text.slice(0, headLength));
  const all = head.length > 0 ? head : kindsIn(text);
  return all.length === 1 ? (all[0] ?? null) : null;
}

/** What the PDF says, which is what is signed; where it says nothing, the mail. A subject that says something else makes it `unknown`. */
export function kindOf(said: {
  readonly subject: string;
  readonly mailText: string;
  readonly pdfText: string;
}): Pick<ReadReceipt, 'kind' | 'kindFrom'> {
  const { subject, mailText, pdfText } = said;
  const [signed, inSubject] = [kindIn(pdfText), kindIn(subject)];
  const unknown = { kind: 'unknown', kindFrom: 'neither' } as const;
  if (signed) return inSubject && inSubject !== signed ? unknown : { kind: signed, kindFrom: 'pdf' };
  const byMail = kindsIn(pdfText).length > 1 ? null : (inSubject ?? kindIn(mailText));
  return byMail ? { kind: byMail, kindFrom: 'mail' } : unknown;
}

/**
 * Whether the state of a delivery may follow a receipt. What a signed PDF says counts when its signature holds and leads to a root that the
 * company trusts: anybody can sign a PDF, and without such a root it is kept and said to hold, and no more. That a mail was not delivered is
 * told in ordinary mails, which nobody signs, and claims nothing in the sender's favour.
 */
export function counts({
  kind,
  kindFrom,
  verdict,
}: Pick<ReadReceipt, 'kind' | 'kindFrom' | 'verdict'>): boolean {
  if (kind === 'unknown') return false;
  const isNegative = kind === 'undeliverable' || kind === 'blocked';
  if (isNegative && (verdict.result === 'no_pdf' || verdict.result === 'unsigned')) return true;
  return kindFrom === 'pdf' && verdict.result === 'valid';
}

import type { FailureClass } from '../report.ts';

/** Providers that mean something of their own by words or codes that others use differently, or by their own codes. */
type HostWord = {
  /** Of the refusing server; any server when left out, where the words are unmistakable. */
  readonly host?: RegExp;
  readonly says: RegExp;
  readonly class: FailureClass;
  readonly source: string;
};

const orange = 'postmaster.orange.fr, codes OFR_ and LPN_ (La Poste)';
const microsoft = 'learn.microsoft.com, Email non-delivery reports in Exchange Online';

const table: readonly HostWord[] = [
  { says: /\b(?:ofr_?\d*|lpn\d{3})_?416\b|\[416\]/i, class: 'mailbox_unknown', source: orange },
  { says: /\b(?:ofr|lpn\d{3})_41[57]\b/i, class: 'mailbox_full', source: orange },
  { says: /\b(?:ofr|lpn\d{3})_42[5-6]\b/i, class: 'mailbox_disabled', source: orange },
  { says: /\b(?:ofr|lpn\d{3})_50[0-9]\b/i, class: 'content', source: orange },
  { says: /\b(?:ofr|lpn\d{3})_(?:10[2-9]|10[2-9]\b|999|630)\b/i, class: 'policy', source: orange },
  {
    says: /5\.4\.1\b.{0,120}access denied/i,
    class: 'mailbox_unknown',
    source: `${microsoft}: directory based edge blocking`,
  },
  {
    host: /outlook\.com$|office365|exchange/i,
    says: /5\.1\.10\b/,
    class: 'mailbox_unknown',
    source: microsoft,
  },
  {
    host: /hotmail|outlook|live\.com$/i,
    says: /mailbox unavailable \(-?\d/i,
    class: 'mailbox_unknown',
    source: 'Outlook.com: "Requested action not taken: mailbox unavailable (-number)"',
  },
  {
    says: /5\.1\.10\b.{0,60}resolver|recipientnotfound|recipnotfound/i,
    class: 'mailbox_unknown',
    source: microsoft,
  },
  { says: /5\.7\.13[3-6]\b/, class: 'policy', source: microsoft },
  { says: /resolver\.rst\.notauthorized|resolver\.rst\.auth/i, class: 'policy', source: microsoft },
  {
    says: /\[internal\]?.{0,20}ib\d{3}|\bib(?:1|5|6)\d\d\b/i,
    class: 'policy',
    source: 'godaddy.com help, IB codes',
  },
  {
    says: /this user doesn'?t have an? \S{1,60} account/i,
    class: 'mailbox_unknown',
    source: 'Yahoo: said at the end of DATA too',
  },
  {
    host: /docomo\.ne\.jp$|ezweb\.ne\.jp$|au\.com$/i,
    says: /5\.2\.0\b/,
    class: 'policy',
    source: 'docomo and au answer "unknown user" after DATA when the filter of the recipient refuses',
  },
];

/** The class by the words of a provider, with its host as the report names it. */
export function classOfHost(
  host: string | undefined,
  words: string,
  status: string,
): FailureClass | undefined {
  const text = `${status} ${words}`.slice(0, 2000);
  const name = (host ?? '').toLowerCase();
  return table.find((one) => (!one.host || one.host.test(name)) && one.says.test(text))?.class;
}

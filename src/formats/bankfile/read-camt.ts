import { currencyOf, decimalOf, isoDateOf, parseXml, type XmlElement } from '#formats/einvoice';
import {
  type BankEntry,
  type BankFileResult,
  longestName,
  longestText,
  maximumEntries,
  oneLine,
} from './bank-file.ts';

/** Messages of ISO 20022 that list bookings: camt.053 (statement), .052 (report of the day), .054 (notification). */
const statements: Readonly<Record<string, string>> = {
  BkToCstmrStmt: 'Stmt',
  BkToCstmrAcctRpt: 'Rpt',
  BkToCstmrDbtCdtNtfctn: 'Ntfctn',
};

/**
 * Reads the incoming bookings of a camt.052, .053 or .054 message of any version. A batch booking counts once per transaction
 * that it lists. Refuses XML that is broken, has a document type, or is no such message.
 */
export function readCamt(bytes: Uint8Array): BankFileResult {
  const parsed = parseXml(bytes);
  if (!parsed.ok) return parsed;
  const groups = parsed.root.children.flatMap((message) => {
    const name = statements[message.name];
    return name ? childrenOf(message, name) : [];
  });
  if (!parsed.root.children.some((message) => Object.hasOwn(statements, message.name)))
    return { ok: false, reason: 'no_statement' };
  const bookings = groups.flatMap((group) => childrenOf(group, 'Ntry'));
  const incoming = bookings.filter(isIncoming);
  const read = incoming.map(entriesOf);
  const entries = read.flat();
  if (entries.length > maximumEntries) return { ok: false, reason: 'too_many_entries' };
  const account = textAt(groups[0], 'Acct', 'Id', 'IBAN') ?? textAt(groups[0], 'Acct', 'Id', 'Othr', 'Id');
  return {
    ok: true,
    file: {
      format: 'camt',
      account: account ? oneLine(account, 40) : null,
      entries,
      outgoing: bookings.length - incoming.length,
      unreadable: read.filter((one) => one.length === 0).length,
    },
  };
}

/** Credits that were not taken back, and are booked: PDNG and INFO have not happened yet (ISO 20022 EntryStatus). */
function isIncoming(booking: XmlElement): boolean {
  const status = textAt(booking, 'Sts', 'Cd') ?? textAt(booking, 'Sts') ?? 'BOOK';
  const isReversal = textAt(booking, 'RvslInd') === 'true';
  return textAt(booking, 'CdtDbtInd') === 'CRDT' && !isReversal && status === 'BOOK';
}

function entriesOf(booking: XmlElement): BankEntry[] {
  const bookedOn = dayAt(booking, 'BookgDt') ?? dayAt(booking, 'ValDt');
  const total = child(booking, 'Amt');
  if (!bookedOn || !total) return [];
  const reference = textAt(booking, 'AcctSvcrRef') ?? textAt(booking, 'NtryRef');
  const whole = { bookedOn, reference, text: textAt(booking, 'AddtlNtryInf') ?? '' };
  const transactions = childrenOf(booking, 'NtryDtls').flatMap((details) => childrenOf(details, 'TxDtls'));
  const amounts = transactions.map(amountOfTransaction);
  // Several transactions without amounts of their own cannot be told apart: the booking counts as one.
  const isSplit = transactions.length > 1 && amounts.every((amount) => amount !== undefined);
  if (!isSplit) return entryOf(whole, total, transactions);
  return transactions.flatMap((one, at) =>
    entryOf(
      { ...whole, reference: ownReference(one) ?? (reference ? `${reference}/${at + 1}` : null) },
      amounts[at] ?? total,
      [one],
    ),
  );
}

function amountOfTransaction(transaction: XmlElement): XmlElement | undefined {
  const details = child(transaction, 'AmtDtls');
  return child(transaction, 'Amt') ?? child(details && child(details, 'TxAmt'), 'Amt');
}

type Booked = { readonly bookedOn: string; readonly reference: string | null; readonly text: string };

function entryOf(booked: Booked, amount: XmlElement, transactions: readonly XmlElement[]): BankEntry[] {
  const value = decimalOf(amount.text.trim());
  if (value === null || value.startsWith('-') || !/[1-9]/.test(value)) return [];
  const said = transactions.flatMap(textsOf);
  const name = transactions.map(payerOf).find((one) => one !== null) ?? '';
  return [
    {
      bookedOn: booked.bookedOn,
      amount: value,
      currency: currencyOf(amount.attributes['Ccy'] ?? null),
      name: oneLine(name, longestName),
      text: oneLine([...new Set([...said, booked.text])].join(' '), longestText),
      bankReference: booked.reference ? oneLine(booked.reference, 100) : null,
    },
  ];
}

function ownReference(transaction: XmlElement): string | null {
  return textAt(transaction, 'Refs', 'AcctSvcrRef');
}

/** The debtor's name; from version 8 on the party has an element of its own around it. */
function payerOf(transaction: XmlElement): string | null {
  const parties = child(transaction, 'RltdPties');
  for (const role of ['UltmtDbtr', 'Dbtr', 'InitgPty']) {
    const name = textAt(parties, role, 'Nm') ?? textAt(parties, role, 'Pty', 'Nm');
    if (name) return name;
  }
  return null;
}

function textsOf(transaction: XmlElement): string[] {
  const said = childrenOf(transaction, 'RmtInf');
  const structured = said.flatMap((one) => childrenOf(one, 'Strd'));
  const endToEnd = textAt(transaction, 'Refs', 'EndToEndId');
  return [
    ...said.flatMap((one) => childrenOf(one, 'Ustrd').map((free) => free.text)),
    ...structured.flatMap((one) => [
      textAt(one, 'CdtrRefInf', 'Ref') ?? '',
      ...childrenOf(one, 'RfrdDocInf').map((document) => textAt(document, 'Nb') ?? ''),
      ...childrenOf(one, 'AddtlRmtInf').map((free) => free.text),
    ]),
    endToEnd === 'NOTPROVIDED' ? '' : (endToEnd ?? ''),
  ].filter((text) => text.trim() !== '');
}

function dayAt(booking: XmlElement, name: string): string | null {
  return isoDateOf(textAt(booking, name, 'Dt')) ?? isoDateOf(textAt(booking, name, 'DtTm'));
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((one) => one.name === name);
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

/** The text of the first element on this way down; null where there is none or it is empty. */
function textAt(element: XmlElement | undefined, ...way: readonly string[]): string | null {
  const found = way.reduce<XmlElement | undefined>((at, name) => child(at, name), element);
  return found?.text.trim() || null;
}

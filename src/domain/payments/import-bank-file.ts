import { sha256 } from '#base/crypto';
import { newId } from '#base/ids';
import { type By, safeFileName } from '#domain/documents';
import { type EvidenceTables, record } from '#domain/evidence';
import { type BankEntry, type BankFile, type BankFileRefusal, readBankFile } from '#formats/bankfile';
import { type Database, inCompany, type Tx } from '#stores/database';
import type { BankImport, KnownEntry } from './bank-entry.ts';
import { insertEntries, insertImport, type PaymentTables, updateNewEntries } from './payment-table.ts';

/** A file of a bank, as somebody brings it in. */
export interface BankUpload {
  readonly companyId: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly by: By & { readonly name: string };
}

export type Imported =
  | { readonly ok: true; readonly import: BankImport }
  | { readonly ok: false; readonly reason: BankFileRefusal };

/**
 * Reads a file of the bank and keeps what came in that no earlier file had; money that is known stays as it was. Nothing counts as
 * paid by it until somebody confirms. Refuses files that cannot be read.
 */
export async function importBankFile(
  database: Database<PaymentTables & EvidenceTables>,
  upload: BankUpload,
  now: Date,
): Promise<Imported> {
  const read = await readBankFile(upload.bytes);
  if (!read.ok) return read;
  const known = newImport(upload, read.file, now);
  const kept = await inCompany(database, upload.companyId, (tx) =>
    keep(tx, { known, entries: keyed(known, read.file), by: upload.by }, now),
  );
  return { ok: true, import: kept };
}

async function keep(
  tx: Tx<PaymentTables & EvidenceTables>,
  given: { known: BankImport; entries: readonly (KnownEntry & { key: string })[]; by: BankUpload['by'] },
  now: Date,
): Promise<BankImport> {
  await insertImport(tx, given.known);
  const kept = { ...given.known, newEntries: await insertEntries(tx, given.entries) };
  await updateNewEntries(tx, kept);
  await record(tx, [
    {
      type: 'payment.imported',
      companyId: kept.companyId,
      at: now,
      actor: given.by.actor,
      data: {
        import: kept.id,
        format: kept.format,
        sha256: kept.sha256,
        entries: kept.entries,
        newEntries: kept.newEntries,
        by: given.by.id,
      },
      personal: { fileName: kept.fileName, byName: given.by.name },
    },
  ]);
  return kept;
}

function newImport({ companyId, fileName, bytes, by }: BankUpload, file: BankFile, now: Date): BankImport {
  return {
    id: newId('bankImport', now),
    companyId,
    fileName: safeFileName(fileName, 'bank'),
    sha256: sha256(bytes).toString('hex'),
    format: file.format,
    account: file.account,
    entries: file.entries.length,
    newEntries: 0,
    outgoing: file.outgoing,
    unreadable: file.unreadable,
    lastBookedOn:
      file.entries
        .map((entry) => entry.bookedOn)
        .sort()
        .at(-1) ?? null,
    createdBy: by.id ?? '',
    createdByName: by.name,
    createdAt: now,
  };
}

/**
 * Gives each entry the key by which it is known again in a file that overlaps: its facts, and which of several equal ones it is.
 * The bank's own number alone will not do: some banks repeat it, others change it between formats.
 */
function keyed(known: BankImport, file: BankFile): (KnownEntry & { key: string })[] {
  const seen = new Map<string, number>();
  return file.entries.map((entry) => {
    const facts = JSON.stringify([
      known.account,
      entry.bookedOn,
      entry.amount,
      entry.name,
      entry.text,
      entry.bankReference,
    ]);
    const nth = (seen.get(facts) ?? 0) + 1;
    seen.set(facts, nth);
    return { ...knownEntry(known, entry), key: sha256(Buffer.from(`${facts}#${nth}`)).toString('hex') };
  });
}

function knownEntry(known: BankImport, entry: BankEntry): KnownEntry {
  const { bookedOn, amount, currency, name, text } = entry;
  return {
    id: newId('bankEntry', known.createdAt),
    companyId: known.companyId,
    importId: known.id,
    ...{ bookedOn, amount, currency, name, text },
    state: 'open',
    documentIds: [],
    createdAt: known.createdAt,
  };
}

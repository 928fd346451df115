/** Money that came in, as it stands in a file of the bank, and what a person made of it. */
export interface KnownEntry {
  readonly id: string;
  readonly companyId: string;
  readonly importId: string;
  readonly bookedOn: string;
  readonly amount: string;
  readonly currency: string | null;
  readonly name: string;
  readonly text: string;
  readonly state: EntryState;
  /** The documents that it pays, once a person has said so. */
  readonly documentIds: readonly string[];
  readonly createdAt: Date;
}

export const entryStates = ['open', 'confirmed', 'ignored'] as const;
export type EntryState = (typeof entryStates)[number];

/** One file of a bank that was brought in. */
export interface BankImport {
  readonly id: string;
  readonly companyId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly format: 'camt' | 'csv';
  readonly account: string | null;
  /** How much money came in, in how many entries, and how many of them no earlier file had. */
  readonly entries: number;
  readonly newEntries: number;
  readonly outgoing: number;
  readonly unreadable: number;
  /** The day of the newest entry; null where the file has none. */
  readonly lastBookedOn: string | null;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Date;
}

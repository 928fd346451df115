/** Why a reminder does not go out. Those that `endsMessage` knows end it; the others wait for a person. */
export type StopReason =
  | 'paid'
  | 'nothing_due'
  | 'decided'
  | 'expired'
  | 'document_canceled'
  | 'document_replaced'
  | 'reminders_paused'
  | 'disputed'
  | 'payment_declared'
  | 'payment_seen'
  | 'credit_note'
  | 'first_failed'
  | 'bank_file_old';

/** What must still hold in the second in which a mail leaves. */
export interface Condition {
  /** Every document of the mail is unpaid, undecided, undisputed, not said to be paid, current and not paused. */
  readonly unpaid: boolean;
  /** The company's last bank file, if it ever brought in one, is no older than so many days; null: no matter. */
  readonly bankDays: number | null;
  /** What was so already when a person, or a program, asked for the mail all the same: by document. */
  readonly despite?: Readonly<Record<string, readonly StopReason[]>>;
}

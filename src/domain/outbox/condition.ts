/** What must still hold in the second in which a mail leaves. */
export interface Condition {
  /** Every document of the mail is unpaid, undisputed, current and not paused. */
  readonly unpaid: boolean;
  /** The company's last bank file is no older than so many days; null: no matter. */
  readonly bankDays: number | null;
}

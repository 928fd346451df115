/** How many e-mails may leave from a sender in a time, as its company wants it; null: no limit of its own. */
export interface SenderLimits {
  readonly perMinute: number | null;
  readonly perHour: number | null;
  readonly perDay: number | null;
}

/** What a person or program says; what is absent is not limited. */
export type SenderLimitsInput = { readonly [Name in keyof SenderLimits]?: number | null };

export const noLimits: SenderLimits = { perMinute: null, perHour: null, perDay: null };

const most = 1_000_000; // more than any server takes; what is over it is a slip

/** Limits in their full form; null for what is no whole number from 1 to a million. */
export function readLimits(input: SenderLimitsInput): SenderLimits | null {
  const { perMinute = null, perHour = null, perDay = null } = input;
  const isRight = [perMinute, perHour, perDay].every(
    (one) => one === null || (Number.isInteger(one) && one >= 1 && one <= most),
  );
  return isRight ? { perMinute, perHour, perDay } : null;
}

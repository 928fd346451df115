import { hour } from '#base/time';

export { nextOfficeTime } from '#domain/dispatch';

/** Milliseconds between two mails at a pace of so many a minute. */
export function gapOf(perMinute: number): number {
  return Math.ceil(hour / 60 / perMinute);
}

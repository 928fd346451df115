import { clockIn, day, hour, minute } from '#base/time';
import type { Role } from '#domain/accounts';
import type { Notice } from './notice.ts';

export const digestModes = ['at_once', 'daily', 'off'] as const;

/** When somebody is mailed what needs a person; `hour` is that of the company's clocks, and counts for `daily`. */
export interface DigestSetting {
  readonly mode: (typeof digestModes)[number];
  readonly hour: number;
}

export const usualDigest: DigestSetting = { mode: 'daily', hour: 8 };

/** So long a mail waits for what else goes wrong at the same moment. */
export const gatherMs = 2 * minute;

/** Older notices are not mailed any more: whoever turns digests on must not get the past. */
export const oldestToldMs = 14 * day;

/** Which of somebody's open notices, of which he was not mailed yet, he is mailed of now; none: not yet. */
export function noticesDue(
  notices: readonly Notice[],
  { mode, hour: at }: DigestSetting,
  zone: string,
  now: Date,
): readonly Notice[] {
  if (mode === 'off') return [];
  const since = now.getTime() - oldestToldMs;
  const recent = notices.filter((notice) => notice.openedAt.getTime() > since);
  if (mode === 'daily') {
    const last = lastDigestTime(zone, at, now);
    return recent.filter((notice) => notice.openedAt <= last);
  }
  const isGathered = recent.some((notice) => now.getTime() - notice.openedAt.getTime() >= gatherMs);
  return isGathered ? recent : [];
}

/** The last time at which the clocks of the zone showed that hour. On the two days on which clocks change it may be an hour off. */
export function lastDigestTime(zone: string, at: number, now: Date): Date {
  const [, time = ''] = clockIn(zone, now).split('T');
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const sinceMidnight = hours * hour + minutes * minute + seconds * 1000 + now.getMilliseconds();
  const since = (sinceMidnight - at * hour + day) % day;
  return new Date(now.getTime() - since);
}

/** What happened, as far as it decides whom it concerns. */
export interface Concern {
  /** Who sent what it is about: a user or a key; null when it is about nothing that was sent. */
  readonly sentBy: string | null;
  /** It was sent to try the product out: into the sandbox, or to one of the company's own people. */
  readonly isOwnTest: boolean;
}

/** Whom a notice concerns: the person who sent; where no person of the company did, its owners. Nobody is mailed of his own test. */
export function concernedBy(
  { sentBy, isOwnTest }: Concern,
  people: readonly { readonly userId: string; readonly role: Role }[],
): readonly string[] {
  if (isOwnTest) return [];
  const sender = people.find((one) => one.userId === sentBy);
  if (sender) return [sender.userId];
  return people.filter((one) => one.role === 'owner').map((one) => one.userId);
}

/** Of what a customer does on his page, the mailbox where answers go hears at once, by a mail of its own. */
export function isMailed(notice: Pick<Notice, 'kind'>): boolean {
  return !notice.kind.startsWith('customer_');
}

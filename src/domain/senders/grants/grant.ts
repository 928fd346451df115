import type { SmtpProblem } from '#mail/smtp';

/**
 *   live ──refused for good (invalid_grant)──▶ ended ──the owner consents again──▶ live
 *     └──the sender is removed──▶ leaving ──given back at the provider──▶ (gone)
 */
export type GrantState = 'live' | 'ended' | 'leaving';

/**
 * Why there is no access token. `provider_unreachable` passes by itself; for all others a person has to do something: connect the
 * account (`not_connected`, `grant_ended`, `secret_unreadable`), or mend the operator's app.
 */
export type GrantProblem = Extract<
  SmtpProblem,
  | 'not_connected'
  | 'grant_ended'
  | 'app_refused'
  | 'provider_not_set_up'
  | 'secret_unreadable'
  | 'provider_unreachable'
>;

/** Whether it passes without anybody's doing. */
export function passesByItself(problem: GrantProblem): boolean {
  return problem === 'provider_unreachable';
}

export interface GrantRef {
  readonly companyId: string;
  readonly senderId: string;
}

/** The purposes under which tokens are sealed: they open in this row only. */
export function tokenPurpose(senderId: string, which: 'refresh' | 'access'): string {
  return `grant:${senderId}:${which}`;
}

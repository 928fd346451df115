import { openSecret, sealSecret } from '#base/crypto';
import type { Clock } from '#base/time';
import {
  type AccessTables,
  type AccountTables,
  endSingleSignOnSessions,
  isSingleSignOnOnly,
  setSingleSignOnOnly,
} from '#domain/accounts';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { DomainTables, GuardedNet } from '#domain/senders';
import { asWorker, type Database, type Tx } from '#stores/database';
import { describeIssuer } from './ask-issuer.ts';
import {
  inputProblems,
  type SingleSignOn,
  type SingleSignOnInput,
  type SingleSignOnProblem,
} from './single-sign-on.ts';
import {
  deletePeople,
  deleteSignOn,
  type SingleSignOnRow,
  type SingleSignOnTables,
  selectSignOn,
  upsertSignOn,
} from './single-sign-on-table.ts';

type Tables = SingleSignOnTables & AccountTables & AccessTables & DomainTables & EvidenceTables;

/** What single sign-on needs of the installation. */
export interface SignOnDeps extends GuardedNet {
  readonly database: Database<Tables>;
  /** Seals the client secret. */
  readonly key: Uint8Array;
  readonly now: Clock;
}

/** A company's single sign-on, or null. */
export async function getSingleSignOn(
  tx: Tx<SingleSignOnTables & AccountTables>,
  companyId: string,
): Promise<SingleSignOn | null> {
  const row = await selectSignOn(tx, companyId);
  return row ? toSingleSignOn(row, await isSingleSignOnOnly(tx, companyId)) : null;
}

export type SetUp =
  | { readonly ok: true; readonly singleSignOn: SingleSignOn }
  | { readonly ok: false; readonly problems: readonly SingleSignOnProblem[] };

/**
 * Sets a company's single sign-on up, or changes it, after asking the issuer what it is. With another issuer or client, who was who is
 * forgotten and the sessions that it opened end. Refuses to require it before somebody came in by it.
 */
export async function setUpSingleSignOn(
  deps: SignOnDeps,
  of: { readonly companyId: string; readonly actor: Actor },
  input: SingleSignOnInput,
): Promise<SetUp> {
  const before = await asWorker(deps.database, (tx) => getSingleSignOn(tx, of.companyId));
  const problems = inputProblems(input, before, deps.hostPolicy.privateNetworks === 'allowed');
  if (problems.length > 0) return { ok: false, problems };
  const issuer = input.issuer.trim();
  const described = await describeIssuer(deps, issuer);
  if (!described.ok) {
    const reason = described.kind === 'unreachable' ? 'issuer_unreachable' : 'issuer_unfit';
    return { ok: false, problems: [{ path: 'issuer', reason }] };
  }
  return asWorker(deps.database, async (tx) => {
    const row = await selectSignOn(tx, of.companyId);
    const isSame = row?.issuer === issuer && row.client_id === input.clientId.trim();
    const changed: SingleSignOnRow = {
      company_id: of.companyId,
      issuer,
      client_id: input.clientId.trim(),
      client_secret: sealedSecret(deps, of.companyId, input.clientSecret?.trim(), row),
      newcomer_role: input.newcomerRole,
      changed_at: deps.now(),
      last_used_at: isSame ? row.last_used_at : null,
    };
    await upsertSignOn(tx, changed);
    await setSingleSignOnOnly(tx, of.companyId, input.isRequired);
    if (!isSame) await forgetPeople(tx, of.companyId);
    const { newcomerRole, isRequired } = input;
    await tell(tx, 'set', of, { issuer, newcomerRole, isRequired }, deps.now());
    return { ok: true, singleSignOn: toSingleSignOn(changed, isRequired) };
  });
}

/** Takes a company's single sign-on away, with the sessions that it opened: everybody signs in by password again. False when there is none. */
export function removeSingleSignOn(
  deps: SignOnDeps,
  of: { readonly companyId: string; readonly actor: Actor },
): Promise<boolean> {
  return asWorker(deps.database, async (tx) => {
    if (!(await deleteSignOn(tx, of.companyId))) return false;
    await setSingleSignOnOnly(tx, of.companyId, false);
    await forgetPeople(tx, of.companyId);
    await tell(tx, 'removed', of, {}, deps.now());
    return true;
  });
}

/** The client secret in clear; it goes to the issuer and nowhere else. Throws when it was sealed under another key. */
export function openClientSecret({ key }: Pick<SignOnDeps, 'key'>, row: SingleSignOnRow): string {
  return openSecret(key, purposeOf(row.company_id), row.client_secret);
}

function sealedSecret(
  { key }: SignOnDeps,
  companyId: string,
  typed: string | undefined,
  before: SingleSignOnRow | null,
): Buffer {
  if (typed !== undefined) return sealSecret(key, purposeOf(companyId), typed);
  if (!before) throw new Error('A new single sign-on has no secret.');
  return before.client_secret;
}

function purposeOf(companyId: string): string {
  return `single-sign-on:${companyId}`;
}

async function forgetPeople(tx: Tx<Tables>, companyId: string): Promise<void> {
  await deletePeople(tx, companyId);
  await endSingleSignOnSessions(tx, companyId);
}

async function tell(
  tx: Tx<Tables>,
  what: 'set' | 'removed',
  { companyId, actor }: { readonly companyId: string; readonly actor: Actor },
  data: Readonly<Record<string, string | boolean | null>>,
  at: Date,
): Promise<void> {
  await record(tx, [{ type: `company.single_sign_on_${what}`, companyId, at, actor, data }]);
}

function toSingleSignOn(row: SingleSignOnRow, isRequired: boolean): SingleSignOn {
  return {
    companyId: row.company_id,
    issuer: row.issuer,
    clientId: row.client_id,
    newcomerRole: row.newcomer_role,
    isRequired,
    changedAt: row.changed_at,
    lastUsedAt: row.last_used_at,
  };
}

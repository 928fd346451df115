import { sha256 } from '#base/crypto';
import { admit, getCompany } from '#domain/accounts';
import { companiesWithDomain } from '#domain/senders';
import { domainOf, parseAddress } from '#mail/address';
import { asWorker } from '#stores/database';
import { type Asked, describeIssuer, newWay, type Way, wayThere, whoCame } from './ask-issuer.ts';
import { openClientSecret, type SignOnDeps } from './set-up.ts';
import type { Identity } from './single-sign-on.ts';
import {
  insertPerson,
  type SingleSignOnRow,
  selectSignOn,
  selectUserOfSubject,
  takeAnswer,
  touchSignOn,
} from './single-sign-on-table.ts';

export type Begun =
  | { readonly ok: true; readonly url: string; readonly way: Way }
  | { readonly ok: false; readonly reason: 'not_found' | 'issuer_unreachable' | 'issuer_unfit' };

/** Begins the way to a company's issuer: the browser goes to `url`, and `way` stays here until it is back. */
export async function beginSignOn(deps: SignOnDeps, companyId: string, redirectUri: string): Promise<Begun> {
  const row = await asWorker(deps.database, (tx) => selectSignOn(tx, companyId));
  if (!row) return { ok: false, reason: 'not_found' };
  const described = await describeIssuer(deps, row.issuer);
  if (!described.ok)
    return {
      ok: false,
      reason: described.kind === 'unreachable' ? 'issuer_unreachable' : 'issuer_unfit',
    };
  const way = newWay();
  return { ok: true, url: await wayThere(described.value, row.client_id, way, redirectUri), way };
}

export type CameIn =
  | { readonly ok: true; readonly userId: string; readonly companyId: string }
  | {
      readonly ok: false;
      readonly reason:
        | 'sign_on_stale'
        | 'sign_on_refused'
        | 'sign_on_unfit'
        | 'issuer_unreachable'
        | 'email_unverified'
        | 'other_person'
        | 'not_invited'
        | 'join_first'
        | 'plan_required'
        | 'user_limit';
      /** For the log; names no person. */
      readonly message: string;
    };

/**
 * Ends a way: checks what the browser brought back and says who it is, or why nobody comes in. Each state counts once, whatever becomes of
 * it. `until` is when the state is too old in any case.
 */
export async function finishSignOn(
  deps: SignOnDeps,
  companyId: string,
  way: Way & { readonly until: Date },
  back: { readonly parameters: URLSearchParams; readonly redirectUri: string },
): Promise<CameIn> {
  const now = deps.now();
  const stateHash = sha256(way.state);
  const row = await asWorker(deps.database, async (tx) =>
    (await takeAnswer(tx, { state_hash: stateHash, expires_at: way.until }, now))
      ? selectSignOn(tx, companyId)
      : null,
  );
  if (!row || way.until <= now) return refuse('sign_on_stale');
  const client = {
    issuer: row.issuer,
    clientId: row.client_id,
    clientSecret: openClientSecret(deps, row),
  };
  const asked = await whoCame(deps, client, way, back);
  return asked.ok ? comeIn(deps, row, asked.value) : refuse(reasonOf(asked), asked.message);
}

function reasonOf({ kind }: Extract<Asked<never>, { ok: false }>) {
  if (kind === 'unreachable') return 'issuer_unreachable';
  return kind === 'refused' ? 'sign_on_refused' : 'sign_on_unfit';
}

/** Who a known identity is here; a new one is tied to the member that its address is, or becomes. */
function comeIn(deps: SignOnDeps, row: SingleSignOnRow, identity: Identity): Promise<CameIn> {
  const companyId = row.company_id;
  const now = deps.now();
  return asWorker(deps.database, async (tx) => {
    const isStill = (await selectSignOn(tx, companyId))?.issuer === row.issuer;
    if (!isStill) return refuse('sign_on_stale');
    const { subject } = identity;
    const known = await selectUserOfSubject(tx, companyId, subject);
    if (known) {
      await touchSignOn(tx, companyId, now);
      return { ok: true, userId: known, companyId };
    }
    const address = identity.isVerified && identity.email ? parseAddress(identity.email) : null;
    if (!address?.ok) return refuse('email_unverified');
    const email = address.address.address;
    const provers = await companiesWithDomain(tx, domainOf(email));
    const company = await getCompany(tx, companyId);
    const admitted = await admit(
      tx,
      {
        companyId,
        email,
        firstName: identity.firstName,
        lastName: identity.lastName,
        language: company?.language ?? 'en',
        isOwnDomain: provers.includes(companyId),
        newcomerRole: row.newcomer_role,
      },
      now,
    );
    if (!admitted.ok) return refuse(admitted.reason);
    const { userId } = admitted;
    const isTied = await insertPerson(tx, { company_id: companyId, subject, user_id: userId, since: now });
    if (!isTied) return refuse('other_person');
    await touchSignOn(tx, companyId, now);
    return { ok: true, userId, companyId };
  });
}

function refuse(
  reason: Extract<CameIn, { ok: false }>['reason'],
  message = '',
): Extract<CameIn, { ok: false }> {
  return { ok: false, reason, message };
}

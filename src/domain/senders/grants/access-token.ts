import { randomToken, sealSecret } from '#base/crypto';
import { after, minute, pause, second } from '#base/time';
import { type EvidenceTables, record } from '#domain/evidence';
import { inCompany, type Tx } from '#stores/database';
import { markSender } from '../mark-sender.ts';
import type { SenderTables } from '../sender-table.ts';
import { type Asked, refreshTokens, type Tokens } from './ask-provider.ts';
import { type GrantProblem, type GrantRef, tokenPurpose } from './grant.ts';
import type { GrantDeps } from './grant-deps.ts';
import { endLease, type GrantRow, lockGrant, openToken, takeLease } from './grant-table.ts';
import type { Provider } from './provider.ts';

export type TokenAnswer =
  | { readonly ok: true; readonly token: string; readonly account: string }
  | { readonly ok: false; readonly problem: GrantProblem; readonly message: string };

const leeway = 5 * minute; // a token is not taken along that ends while it is on its way
const leaseMs = minute; // longer than the provider may take to answer
const [waitMs, waits] = [150, 200];

/**
 * An access token for a sender's account: the kept one while it is good, else a new one. `refused` is a token that a server did not
 * take, which is then renewed whatever its time says. One caller renews, over all workers; the others wait for what he gets: a
 * provider may take a second use of one refresh token for a theft. Network, so never inside a transaction.
 */
export async function accessToken(deps: GrantDeps, ref: GrantRef, refused?: string): Promise<TokenAnswer> {
  const lease = randomToken(12);
  for (let tries = 0; tries < waits; tries += 1) {
    const found = await inCompany(deps.database, ref.companyId, (tx) =>
      look(tx, deps, { ...ref, lease, refused }),
    );
    if (found.kind === 'answer') return found.answer;
    if (found.kind === 'mine') return renew(deps, ref, found);
    await pause(waitMs);
  }
  return { ok: false, problem: 'provider_unreachable', message: 'somebody else is renewing the grant' };
}

/** The outcome of using a token, which is renewed and used once more where the server did not take it. */
export async function withAccessToken<Result>(
  deps: GrantDeps,
  ref: GrantRef,
  use: (token: string, account: string) => Promise<Result>,
  wasRefused: (result: Result) => boolean,
): Promise<{ readonly ok: true; readonly result: Result } | Extract<TokenAnswer, { ok: false }>> {
  const first = await accessToken(deps, ref);
  if (!first.ok) return first;
  const result = await use(first.token, first.account);
  if (!wasRefused(result)) return { ok: true, result };
  const second = await accessToken(deps, ref, first.token);
  return second.ok ? { ok: true, result: await use(second.token, second.account) } : second;
}

type Mine = {
  readonly kind: 'mine';
  readonly lease: string;
  readonly row: GrantRow;
  readonly provider: Provider;
  readonly refresh: string;
};
type Looked = { readonly kind: 'answer'; readonly answer: TokenAnswer } | { readonly kind: 'wait' } | Mine;

async function look(
  tx: Tx<SenderTables>,
  { key, providers, now }: GrantDeps,
  ask: GrantRef & { readonly lease: string; readonly refused: string | undefined },
): Promise<Looked> {
  const row = await lockGrant(tx, ask);
  if (!row || row.state === 'leaving') return no('not_connected');
  if (row.state === 'ended') return no('grant_ended');
  const provider = providers[row.provider];
  if (!provider) return no('provider_not_set_up');
  const [access, refresh] = [openToken(key, row, 'access'), openToken(key, row, 'refresh')];
  if (refresh === null) return no('secret_unreadable');
  const isFresh = row.access_until !== null && row.access_until > after(now(), leeway);
  if (access !== null && isFresh && access !== ask.refused)
    return { kind: 'answer', answer: { ok: true, token: access, account: row.account } };
  const lease = { name: ask.lease, now: now(), until: after(now(), leaseMs) };
  return (await takeLease(tx, ask, lease))
    ? { kind: 'mine', lease: ask.lease, row, provider, refresh }
    : { kind: 'wait' };
}

function no(problem: GrantProblem): Looked {
  return { kind: 'answer', answer: { ok: false, problem, message: problem } };
}

async function renew(
  deps: GrantDeps,
  ref: GrantRef,
  { lease, row, provider, refresh }: Mine,
): Promise<TokenAnswer> {
  const asked = await refreshTokens(provider, refresh);
  if (asked.ok) {
    const columns = sealed(deps, ref, asked.value);
    await inCompany(deps.database, ref.companyId, (tx) => endLease(tx, ref, lease, columns));
    return { ok: true, token: asked.value.access, account: row.account };
  }
  const problem = problems[asked.kind];
  await inCompany(deps.database, ref.companyId, (tx) => noteFailure(tx, deps, ref, { lease, problem }));
  return { ok: false, problem, message: asked.message };
}

const problems: Readonly<Record<Extract<Asked<never>, { ok: false }>['kind'], GrantProblem>> = {
  ended: 'grant_ended',
  app: 'app_refused',
  passing: 'provider_unreachable',
};

function sealed({ key, now }: GrantDeps, { senderId }: GrantRef, tokens: Tokens): Partial<GrantRow> {
  return {
    access_token: sealSecret(key, tokenPurpose(senderId, 'access'), tokens.access),
    access_until: after(now(), tokens.secondsLeft * second),
    renewed_at: now(),
    tries: 0,
    ...(tokens.refresh
      ? { refresh_token: sealSecret(key, tokenPurpose(senderId, 'refresh'), tokens.refresh) }
      : {}),
    ...(tokens.scopes ? { scopes: tokens.scopes } : {}),
  };
}

/** An ended grant is forgotten, and its sender broken at once: whoever sends next is told before, not after. */
async function noteFailure(
  tx: Tx<SenderTables & EvidenceTables>,
  { now }: GrantDeps,
  ref: GrantRef,
  { lease, problem }: { readonly lease: string; readonly problem: GrantProblem },
): Promise<void> {
  const isOver = problem === 'grant_ended';
  const gone = { state: 'ended', refresh_token: null, access_token: null, access_until: null } as const;
  const isOurs = await endLease(tx, ref, lease, isOver ? gone : {});
  if (!isOurs || problem === 'provider_unreachable') return;
  await record(tx, await markSender(tx, ref, { works: false, problem }, 'server', now()));
}

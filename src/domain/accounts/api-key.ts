import { randomToken, sha256 } from '#base/crypto';
import { newId } from '#base/ids';
import { after, minute } from '#base/time';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import {
  type AccessTables,
  insertApiKey,
  type Rights,
  selectApiKeyByHash,
  selectApiKeys,
  updateApiKey,
} from './access-table.ts';
import type { AccountTables } from './account-table.ts';
import type { PlanTables } from './plan.ts';
import { selectWithout } from './plan-table.ts';

/** A key as it may be shown: never the key itself. */
export interface ApiKey {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly hint: string;
  readonly rights: Rights;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  /** From then on it lets nobody in; null: it has no end. */
  readonly expiresAt: Date | null;
  /** Whatever it sends stays in the sandbox. */
  readonly isTest: boolean;
}

/** A key in clear, once; or that the company's plan lets no programs in. */
export type MadeKey =
  | { readonly ok: true; readonly id: string; readonly key: string }
  | { readonly ok: false; readonly reason: 'plan_required' };

type KeyTx = Tx<AccessTables & AccountTables & EvidenceTables>;

/** Makes an API key as somebody of the company asks for one; refuses where the plan lacks the API. */
export async function makeApiKey(
  tx: KeyTx & Tx<PlanTables>,
  input: Parameters<typeof createApiKey>[1],
  now: Date,
): Promise<MadeKey> {
  const without = await selectWithout(tx, [input.companyId], 'api');
  if (without.size > 0) return { ok: false, reason: 'plan_required' };
  return { ok: true, ...(await createApiKey(tx, input, now)) };
}

/**
 * Makes an API key, whatever the plan, and returns it once in clear; only its SHA-256 stays. `key` may be handed in by the set-up
 * variables.
 */
export async function createApiKey(
  tx: KeyTx,
  input: {
    companyId: string;
    name: string;
    rights: Rights;
    key?: string;
    expiresAt?: Date | null;
    isTest?: boolean;
    actor?: Actor;
  },
  now: Date,
): Promise<{ id: string; key: string }> {
  const isTest = input.isTest ?? false;
  const key = input.key ?? `envoi_${isTest ? 'test_' : ''}${randomToken()}`;
  const id = newId('apiKey', now);
  await insertApiKey(tx, {
    id,
    company_id: input.companyId,
    name: input.name,
    key_hash: sha256(key),
    hint: key.slice(-4),
    rights: input.rights,
    created_at: now,
    last_used_at: null,
    revoked_at: null,
    expires_at: input.expiresAt ?? null,
    is_test: isTest,
  });
  await record(tx, [
    {
      type: 'key.created',
      companyId: input.companyId,
      at: now,
      actor: input.actor ?? 'user',
      data: { keyId: id, rights: input.rights },
    },
  ]);
  return { id, key };
}

/** Whose key this is; null for unknown, revoked and expired ones. Notes its use at most once a minute. */
export function readApiKey(
  database: Database<AccessTables & AccountTables>,
  key: string,
  now: Date,
): Promise<ApiKey | null> {
  return asWorker(database, async (tx) => {
    const row = await selectApiKeyByHash(tx, sha256(key), now);
    if (!row) return null;
    if (!row.last_used_at || row.last_used_at < after(now, -minute)) {
      await updateApiKey(tx, row.company_id, row.id, { last_used_at: now });
    }
    return toApiKey(row);
  });
}

export async function listApiKeys(tx: KeyTx, companyId: string): Promise<ApiKey[]> {
  return (await selectApiKeys(tx, companyId)).map(toApiKey);
}

/** Ends a key at once; false when it does not exist or has ended already. */
export async function revokeApiKey(
  tx: KeyTx,
  companyId: string,
  id: string,
  now: Date,
  actor: Actor = 'user',
): Promise<boolean> {
  const done = await updateApiKey(tx, companyId, id, { revoked_at: now });
  if (done) await record(tx, [{ type: 'key.revoked', companyId, at: now, actor, data: { keyId: id } }]);
  return done;
}

function toApiKey(row: Awaited<ReturnType<typeof selectApiKeys>>[number]): ApiKey {
  return {
    id: row.id,
    companyId: row.company_id,
    name: row.name,
    hint: row.hint,
    rights: row.rights,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    expiresAt: row.expires_at,
    isTest: row.is_test,
  };
}

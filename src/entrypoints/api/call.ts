import type { ApiKey } from '#domain/accounts';
import { inCompany, type Tx } from '#stores/database';
import type { ApiNeeds, ApiTables } from './api-needs.ts';

export type ApiTx = Tx<ApiTables>;

/** A request that was found to be well-formed and allowed. */
export interface Call<Query = unknown, Body = unknown> {
  readonly needs: ApiNeeds;
  readonly caller: ApiKey;
  readonly companyId: string;
  /** The id in the path; empty where the path has none. */
  readonly id: string;
  readonly query: Query;
  readonly body: Body;
  readonly now: Date;
  /** The Idempotency-Key, with a hash of the request that it stands for. */
  readonly claim: { readonly key: string; readonly requestHash: Buffer } | null;
  /** Aborted when the asker has gone. */
  readonly signal: AbortSignal;
}

/** Runs `work` in a transaction that sees the caller's company only. */
export function inOwnCompany<Result>(call: Call, work: (tx: ApiTx) => Promise<Result>): Promise<Result> {
  return inCompany(call.needs.database, call.companyId, work);
}

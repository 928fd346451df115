import type { ProofDeps, ProofTables } from '#domain/proofs';
import type { Database } from '#stores/database';
import type { BundleTables } from './bundle-table.ts';

/** What bundles are made with; the roof hands it in. */
export interface BundleDeps extends ProofDeps {
  readonly database: Database<BundleTables & ProofTables>;
}

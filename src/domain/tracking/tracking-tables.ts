import type { EngagementTables } from './engagement-table.ts';
import type { FrozenPageTables } from './frozen-page-table.ts';
import type { HitTables } from './hit-table.ts';
import type { LegalHoldTables } from './legal-hold-table.ts';
import type { LinkTables } from './link-table.ts';

export type TrackingTables = LinkTables & FrozenPageTables & LegalHoldTables & HitTables & EngagementTables;

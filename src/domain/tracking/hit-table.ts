import type { Generated } from 'kysely';
import type { EngagementLevel } from './engagement.ts';
import type { HitActor, Signal } from './hit.ts';

export interface HitTables {
  hits: {
    id: string;
    company_id: string;
    message_id: string;
    at: Date;
    signal: Signal;
    actor: HitActor;
    certainty: 'certain' | 'probable';
    reasons: string[];
    ruleset: string;
    document_id: string | null;
    pages: number[];
    session: string | null;
    network: string | null;
    agent: string | null;
    times: Generated<number>;
  };
  taken_hits: { id: string; company_id: string; at: Date };
  engagements: {
    message_id: string;
    company_id: string;
    dispatch_id: string;
    level: EngagementLevel;
    opened_count: number;
    viewed_count: number;
    downloaded_count: number;
    machine_count: number;
    first_opened_at: Date | null;
    last_opened_at: Date | null;
    first_viewed_at: Date | null;
    last_viewed_at: Date | null;
    first_downloaded_at: Date | null;
    last_downloaded_at: Date | null;
    last_at: Date | null;
  };
}

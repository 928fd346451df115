import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import type { Webhook, WebhookState } from './webhook.ts';

export interface WebhookTables {
  webhooks: {
    id: string;
    company_id: string;
    url: string;
    description: string;
    events: string[];
    secret: Buffer;
    previous_secret: Buffer | null;
    previous_until: Date | null;
    state: WebhookState;
    failing_since: Date | null;
    created_at: Date;
    deleted_at: Date | null;
  };
}

export type WebhookRow = Selectable<WebhookTables['webhooks']>;
type WebhookTx = Tx<WebhookTables>;

export async function insertWebhook(tx: WebhookTx, row: WebhookRow): Promise<void> {
  await tx.insertInto('webhooks').values(row).execute();
}

/** The row with its sealed secrets, unless it was removed. `lock` keeps others from changing it meanwhile. */
export function selectWebhook(
  tx: WebhookTx,
  companyId: string,
  id: string,
  lock = false,
): Promise<WebhookRow | undefined> {
  return tx
    .selectFrom('webhooks')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
}

/** The webhooks of a company, oldest first. */
export async function selectWebhooks(tx: WebhookTx, companyId: string): Promise<Webhook[]> {
  const rows = await tx
    .selectFrom('webhooks')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toWebhook);
}

/** Who of these companies wants to be told something, over all that `tx` may see. */
export function selectListening(
  tx: WebhookTx,
  companyIds: readonly string[],
): Promise<Pick<WebhookRow, 'id' | 'company_id' | 'events'>[]> {
  return tx
    .selectFrom('webhooks')
    .select(['id', 'company_id', 'events'])
    .where('company_id', 'in', [...companyIds])
    .where('deleted_at', 'is', null)
    .where('state', '!=', 'gone')
    .execute();
}

export async function updateWebhook(
  tx: WebhookTx,
  row: Pick<WebhookRow, 'id' | 'company_id'>,
  change: Partial<WebhookRow>,
): Promise<void> {
  await tx
    .updateTable('webhooks')
    .set(change)
    .where('company_id', '=', row.company_id)
    .where('id', '=', row.id)
    .execute();
}

export function toWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    companyId: row.company_id,
    url: row.url,
    description: row.description,
    events: row.events,
    state: row.state,
    failingSince: row.failing_since,
    previousUntil: row.previous_until,
    createdAt: row.created_at,
  };
}

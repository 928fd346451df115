import type { Context } from 'hono';
import { dayIn } from '#base/time';
import { catchUp, listDocuments } from '#domain/overview';
import { overviewFilter, readListQuery } from '../documents/list-query.ts';
import type { ListPlace } from '../documents/paging.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffEnv } from '../staff/env.ts';

const atOnce = 1000;
/** One more than a run takes, so that it can say that these are too many. */
const most = 50_001;

/** The ids of all documents that fit the filter in the address, oldest first. */
export async function matchingDocuments(needs: WebNeeds, c: Context<StaffEnv>): Promise<string[]> {
  const { company } = c.var;
  await catchUp(needs.database);
  const filter = overviewFilter(readListQuery(c.req.query()), dayIn(company.timeZone, needs.clock()));
  const ids: string[] = [];
  for (let before: ListPlace | null = null; ids.length < most; ) {
    const page = { before, limit: atOnce };
    const found: Awaited<ReturnType<typeof listDocuments>> = await listDocuments(
      needs.database,
      company.id,
      filter,
      page,
    );
    ids.push(...found.map((row) => row.document_id));
    const last = found.at(-1);
    if (!last || found.length < atOnce) break;
    before = { createdAt: last.created_at, id: last.document_id };
  }
  return ids.reverse();
}

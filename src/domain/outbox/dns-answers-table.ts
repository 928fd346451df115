import { sql } from 'kysely';
import type { DnsFacts, FrozenDns } from '#mail/dns';
import type { Tx } from '#stores/database';
import type { Answer } from './answer.ts';
import type { Message } from './message.ts';
import type { OutboxTables } from './outbox-tables.ts';

type DnsTx = Tx<Pick<OutboxTables, 'dns_answers'>>;

interface NewAnswer extends FrozenDns {
  readonly companyId: string;
}

/** What came along with the answers of servers and may not be kept yet, each once. */
export function newAnswersOf(
  answers: readonly Answer[],
  messages: ReadonlyMap<string, Message>,
): readonly NewAnswer[] {
  const all = new Map<string, NewAnswer>();
  for (const { messageId, newDns = [] } of answers) {
    const companyId = messages.get(messageId)?.companyId;
    for (const { sha256, raw } of companyId ? newDns : [])
      all.set(`${companyId} ${sha256}`, { companyId: companyId ?? '', sha256, raw });
  }
  return [...all.values()];
}

/** Keeps what the DNS said; what is kept already stays as it is. In one order, so that writers cannot deadlock. */
export async function insertDnsAnswers(tx: DnsTx, answers: readonly NewAnswer[], now: Date): Promise<void> {
  if (answers.length === 0) return;
  const rows = answers.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  await sql`
    insert into dns_answers (company_id, sha256, raw, kept_at)
    select company_id, sha256, raw, ${now} from unnest(${rows.map((row) => row.companyId)}::text[],
      ${rows.map((row) => row.sha256)}::text[], ${rows.map((row) => row.raw)}::text[]) as new (company_id, sha256, raw)
    on conflict do nothing`.execute(tx);
}

/** The kept bytes of some answers of the DNS, by their SHA-256; those that were forgotten are left out. */
export async function selectDnsAnswers(
  tx: DnsTx,
  companyId: string,
  hashes: readonly string[],
): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await tx
    .selectFrom('dns_answers')
    .select(['sha256', 'raw'])
    .where('company_id', '=', companyId)
    .where('sha256', 'in', [...new Set(hashes)])
    .execute();
  return new Map(rows.map((row) => [row.sha256, row.raw]));
}

/** What the kept bytes say. */
export function readDnsFacts(raw: string): DnsFacts {
  return JSON.parse(raw) as DnsFacts;
}

/**
 * Forgets a company's answers that were kept before an instant, unless a dispatch on legal hold refers to them, or they are the keys of a mail that came back:
 * those tell of no person, and the mail says less without them. Returns how many.
 */
export async function deleteOldDnsAnswers(tx: DnsTx, companyId: string, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from dns_answers where company_id = ${companyId} and kept_at < ${before} and raw::jsonb->>'about' <> 'key' and sha256 not in (
      select jsonb_array_elements_text(attempts.dns) from legal_holds
      join messages on messages.dispatch_id = legal_holds.dispatch_id
      join attempts on attempts.message_id = messages.id and attempts.dns is not null
      where legal_holds.company_id = ${companyId})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

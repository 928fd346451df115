import { sql } from 'kysely';
import type { Installation } from '../src/roof/installation.ts';

/** Rows as the follower would write them: one message a document, spread over a year, a thousand customers. */
export async function fillLists(
  { database }: Installation,
  companyId: string,
  from: number,
  to: number,
): Promise<void> {
  await sql`
    insert into document_overview (document_id, company_id, kind, number, customer_id, customer_name, issue_date, due_date, currency, total, amount_due,
      paid, is_current, envelope, reached, dispatch_count, reminder_count, first_sent_at, last_event_type, last_event_at, created_at, search, paid_on)
    select 'doc_' || lpad(n::text, 9, '0'), ${companyId}, (array['invoice','invoice','invoice','quote','credit_note'])[1 + n % 5], 'B-' || n,
      'cus_' || n % 1000, 'Customer ' || n % 1000, d::date, d::date + 30, 'EUR', 100 + n % 900, 100 + n % 900,
      (array['unpaid','paid','paid','partly'])[1 + n % 4], true, (array['sent','opened','viewed','accepted','downloaded','none','failed'])[1 + n % 7],
      '{"of":1,"count":1,"opened":1,"viewed":0,"downloaded":0}', 1, n % 4, d, 'message.handed_off', d, d,
      'b-' || n || ' customer ' || n % 1000 || ' person' || n || '@customer.example', case when n % 4 in (1, 2) then d::date + n % 40 end
    from generate_series(${from}::int, ${to - 1}::int) as n, lateral (select timestamptz '2026-01-01' + n % 500000 * interval '1 minute' as d) as day`.execute(
    database.worker,
  );
  await sql`
    insert into message_overview (message_id, company_id, dispatch_id, document_id, role, name, address, subject, attachment, kind, number, purpose,
      origin, sender_id, sender_address, delivery, detail, engagement, opened_count, viewed_count, downloaded_count, attempt_count, first_opened_at,
      last_event_at, due_at, created_at, search, day, envelope, category, sent_at, first_seen_at)
    select 'msg_' || lpad(n::text, 9, '0'), ${companyId}, 'dsp_' || n, 'doc_' || lpad(n::text, 9, '0'), 'to', '', 'person' || n || '@customer.example',
      'Invoice B-' || n, 'Invoice.pdf', (array['invoice','invoice','invoice','quote','credit_note'])[1 + n % 5], 'B-' || n, 'first', 'api', 'snd_' || n % 3, 'a@b.example',
      (array['handed_off','handed_off','handed_off','accepted','rejected'])[1 + n % 5], null, (array['none','opened','viewed','downloaded','machine_only'])[1 + n % 5],
      1, 0, 0, 1, d, d, d, d, 'b-' || n || ' customer ' || n % 1000 || ' person' || n || '@customer.example invoice b-' || n,
      d::date, (array['sent','opened','viewed','downloaded','failed','accepted'])[1 + n % 6], (array['first','first','automatic','reminder'])[1 + n % 4], d,
      case when n % 5 between 1 and 3 then d + n % 900 * interval '1 minute' end
    from generate_series(${from}::int, ${to - 1}::int) as n, lateral (select timestamptz '2026-01-01' + n % 500000 * interval '1 minute' as d) as day`.execute(
    database.worker,
  );
  await database.owner.query('delete from message_days');
  await database.owner.query(
    `insert into message_days select company_id, day, kind, category, sender_id, envelope, count(*)::int from message_overview group by 1, 2, 3, 4, 5, 6`,
  );
  await database.owner.query('analyze document_overview, message_overview, message_days');
}

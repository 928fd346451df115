-- The medians of the figures are read from the indexes alone, also by kind and sender.
drop index message_overview_seen, document_overview_paid_on;
create index message_overview_seen on message_overview (company_id, day) include (sent_at, first_seen_at, kind, category, sender_id, envelope)
  where first_seen_at is not null and role = 'to';
create index document_overview_paid_on on document_overview (company_id, paid_on) include (first_sent_at, kind)
  where paid_on is not null and first_sent_at is not null;

-- The newest of each day of a span, wherever it lies.
create index document_overview_day on document_overview (company_id, issue_date, created_at desc, document_id desc) where is_current;

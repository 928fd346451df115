-- Who sent a document for the first time, so that the days to payment can be told of one sender.
alter table document_overview add column first_sender_id text;
update document_overview set first_sender_id = first.sender_id from (
  select distinct on (dispatch_documents.document_id) dispatch_documents.document_id, dispatches.sender_id
  from dispatch_documents join dispatches on dispatches.id = dispatch_documents.dispatch_id
  where dispatches.canceled_at is null
  order by dispatch_documents.document_id, dispatches.created_at, dispatches.id) as first
  where first.document_id = document_overview.document_id and first.sender_id is not null;
create index document_overview_paid_by_sender on document_overview (company_id, first_sender_id, paid_on) include (first_sent_at, kind)
  where paid_on is not null;

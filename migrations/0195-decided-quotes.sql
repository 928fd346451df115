-- Whoever has accepted or declined a quote is not reminded of it.
alter table documents add column decided_as text check (decided_as in ('accepted', 'refused'));
update documents set decided_as = responses.kind
  from responses where responses.company_id = documents.company_id and responses.document_id = documents.id
    and responses.kind in ('accepted', 'refused');

-- What was asked for of a reminder about several documents that no run keeps: it may have to be written anew in the last second.
alter table dispatches add column asked jsonb;

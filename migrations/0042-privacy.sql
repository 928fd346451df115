-- The company's choices below its ceiling, the hints it does not want, and the plan that the operator gave it.
alter table companies
  add column tracking_by_kind  jsonb not null default '{}',     -- {"quote": "links"}; a kind may only narrow
  add column hints_off         text[] not null default '{}',
  add column plan              text;                            -- null: the operator's usual one

-- The history of a dispatch that must not be deleted: a dispute, a lawsuit.
create table legal_holds (
  dispatch_id  text primary key,
  company_id   text not null,
  reason       text not null,
  placed_by    text not null,
  placed_at    timestamptz(3) not null
);
create index legal_holds_of_company on legal_holds (company_id, placed_at desc);

-- What the retention job has deleted, run by run; runs that found nothing are not kept.
create table retention_runs (
  id           text primary key,
  company_id   text not null,
  at           timestamptz(3) not null,
  before       timestamptz(3) not null,        -- details older than this
  messages     integer not null,
  hits         integer not null,
  fields       integer not null                -- erased personal fields of events
);
create index retention_runs_newest on retention_runs (company_id, at desc);

alter table hits add column page_seconds jsonb not null default '{}';        -- {"1": 12}: how long a page was on the screen
alter table engagements add column machine_actors text[] not null default '{}';   -- which machines, while there is nothing more

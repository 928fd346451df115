-- Conditions that travel with a letter and are looked at in the last second: {"unpaid": true, "bankDays": 5}.
alter table letters add condition jsonb;

alter table documents add reminders_pause_reason text;
alter table customers add reminders_paused_until date;
alter table customers add reminders_pause_reason text;

-- Sending many documents in one go.
create table runs (
  id           text primary key,
  company_id   text not null,
  purpose      text not null check (purpose in ('first', 'reminder')),
  origin       text not null check (origin in ('manual', 'automatic', 'api')),
  grouping     text not null check (grouping in ('document', 'customer')),
  options      jsonb not null,                   -- what was chosen for all lines: sender, text, time, pace …
  state        text not null check (state in ('checking', 'ready', 'running', 'paused', 'finished', 'canceled')),
  starts_itself boolean not null default false,  -- goes on as soon as everything is checked
  author       jsonb not null,
  created_at   timestamptz(3) not null,
  started_at   timestamptz(3),
  finished_at  timestamptz(3)
);
create index runs_newest on runs (company_id, created_at desc, id desc);
create index runs_at_work on runs (created_at) where state in ('checking', 'running');

-- One line of a run is one dispatch: one document, or several of one customer.
create table run_lines (
  id             text primary key,
  company_id     text not null,
  run_id         text not null references runs,
  position       integer not null,
  document_ids   text[] not null,
  customer_name  text not null default '',
  state          text not null check (state in ('unchecked', 'ready', 'blocked', 'excluded', 'sent', 'refused', 'skipped')),
  draft          jsonb,                          -- what was found: recipients, sender and why, language, subject …
  problems       jsonb not null default '[]',
  choice         jsonb not null default '{}',    -- what was chosen for this line alone
  dispatch_id    text,
  checked_at     timestamptz(3),
  done_at        timestamptz(3),
  unique (run_id, position)
);
create index run_lines_waiting on run_lines (run_id, state, position);

-- A document is in one run that goes on at a time: who starts second does not get it.
create table run_claims (
  company_id   text not null,
  document_id  text not null,
  run_id       text not null references runs,
  primary key (company_id, document_id)
);
create index run_claims_of_run on run_claims (run_id);

-- When a sender that is held to a pace may send next, over all runs.
create table sender_paces (
  sender_id   text primary key,
  company_id  text not null,
  next_at     timestamptz(3) not null
);

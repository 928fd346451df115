-- Addresses of other programs that want to be told what happens.
create table webhooks (
  id               text primary key,
  company_id       text not null,
  url              text not null,
  description      text not null,
  events           text[] not null,                -- 'message.bounced', 'visit.*'; empty: everything
  secret           bytea not null,                 -- sealed with the installation's key
  previous_secret  bytea,                          -- still signs until previous_until, after a rotation
  previous_until   timestamptz(3),
  state            text not null check (state in ('active', 'paused', 'failing', 'gone')),
  failing_since    timestamptz(3),                 -- no try has worked since
  created_at       timestamptz(3) not null,
  deleted_at       timestamptz(3)
);
create index webhooks_of_company on webhooks (company_id, created_at) where deleted_at is null;

-- One row per event and webhook: what still has to be told, and what was.
create table webhook_deliveries (
  id           text primary key,
  seq          bigint generated always as identity,
  company_id   text not null,
  webhook_id   text not null,
  event_id     text not null,
  event_type   text not null,
  chain        text not null,                      -- the dispatch, or the company: within it, one after the other
  state        text not null check (state in ('waiting', 'delivered', 'failed')),
  tries        integer not null default 0,         -- of this round; a replay begins a new one
  attempts     integer not null default 0,         -- in all
  due_at       timestamptz(3) not null,
  lease        text,
  lease_until  timestamptz(3),
  created_at   timestamptz(3) not null,
  settled_at   timestamptz(3),
  unique (webhook_id, event_id)
);
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, chain, seq) where state = 'waiting';
create index webhook_deliveries_due on webhook_deliveries (due_at) where state = 'waiting';
create index webhook_deliveries_newest on webhook_deliveries (company_id, created_at desc, id desc);
create index webhook_deliveries_old on webhook_deliveries (created_at);

create table webhook_attempts (
  delivery_id  text not null references webhook_deliveries on delete cascade,
  company_id   text not null,
  n            integer not null,
  at           timestamptz(3) not null,
  duration_ms  integer not null,
  status       integer,                            -- what they answered; null: nothing
  problem      text,                               -- why it was no delivery
  answer       text not null,                      -- the beginning of their answer
  primary key (delivery_id, n)
);

-- The append-only log. Written by domain/evidence only; see design notes in its README.
create table events (
  seq          bigint generated always as identity,
  id           text primary key,
  company_id   text not null,
  chain        text not null,               -- the dispatch, or the company for everything else
  n            integer not null,            -- 1, 2, 3 … within the chain: nothing can be left out
  dispatch_id  text,
  message_id   text,
  document_id  text,
  type         text not null,
  at           timestamptz(3) not null,
  actor        text not null,
  certainty    text not null check (certainty in ('certain', 'probable')),
  data         jsonb not null,
  raw          bytea not null check (octet_length(raw) <= 65536),
  hash         bytea not null,
  prev         bytea,
  log_index    bigint unique,               -- given by the sequencer, gap-free from 1
  unique (chain, n)
);
create index events_unsequenced on events (seq) where log_index is null;
create index events_of_company on events (company_id, log_index);
create index events_of_dispatch on events (dispatch_id, seq) where dispatch_id is not null;
create index events_of_message on events (message_id, seq) where message_id is not null;
create index events_of_document on events (document_id, seq) where document_id is not null;

-- One row per chain, locked while the next event is written.
create table event_heads (
  chain       text primary key,
  company_id  text not null,
  n           integer not null,
  hash        bytea
);

-- Personal fields of an event, salted (RFC 9901): the event's bytes hold only the digest, so that a field can be erased.
create table disclosures (
  event_id    text not null,
  company_id  text not null,
  name        text not null,
  salt        bytea not null,
  value       jsonb not null,
  primary key (event_id, name)
);

create table log_head (
  one   boolean primary key default true check (one),
  size  bigint not null
);
insert into log_head (size) values (0);

-- How far each follower of the log has read.
create table cursors (
  name   text primary key,
  after  bigint not null
);

-- Everything that a company has here as one ZIP, made in the background.
create table company_exports (
  id            text primary key,
  company_id    text not null,
  actor         text not null check (actor in ('user', 'program', 'system')),
  asked_by      text not null,
  state         text not null check (state in ('waiting', 'ready', 'failed', 'expired')),
  tries         integer not null default 0,
  lease         text,                            -- who makes it just now
  leased_until  timestamptz(3),
  row_count     bigint not null default 0,
  file_count    integer not null default 0,
  missing_count integer not null default 0,      -- files that are named and cannot be read
  bytes         bigint not null default 0,
  created_at    timestamptz(3) not null,
  ready_at      timestamptz(3),
  expires_at    timestamptz(3)
);
create index company_exports_newest on company_exports (company_id, created_at desc, id desc);
create unique index company_exports_at_work on company_exports (company_id) where state = 'waiting';
create index company_exports_to_expire on company_exports (expires_at) where state = 'ready';

-- What lies in the ZIP, in its order: parts that were written for it, and files and mails that lie here anyway.
create table company_export_entries (
  export_id   text not null references company_exports,
  company_id  text not null,
  place       integer not null,
  path        text not null,
  source      text not null check (source in ('part', 'file', 'mail')),
  ref         text not null,                     -- of a part and a file: its hash in the files store; of a mail: its message
  sha256      text not null,                     -- of what stands in the ZIP
  bytes       bigint not null,
  primary key (export_id, place)
);

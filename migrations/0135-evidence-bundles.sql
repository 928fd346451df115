-- Evidence files of many dispatches in one ZIP, made in the background.
create table evidence_bundles (
  id            text primary key,
  company_id    text not null,
  customer_id   text,                            -- null: of chosen documents
  from_day      date,
  to_day        date,
  language      text not null,
  actor         text not null check (actor in ('user', 'program', 'system')),
  asked_by      text not null,
  state         text not null check (state in ('waiting', 'ready', 'expired')),
  leased_until  timestamptz(3),
  created_at    timestamptz(3) not null,
  ready_at      timestamptz(3),
  expires_at    timestamptz(3)
);
create index evidence_bundles_newest on evidence_bundles (company_id, created_at desc, id desc);
create index evidence_bundles_at_work on evidence_bundles (created_at) where state = 'waiting';
create index evidence_bundles_to_expire on evidence_bundles (expires_at) where state = 'ready';

-- What lies in it: one evidence file for each dispatch (places from 1), and the index in two forms (0 and -1).
create table evidence_bundle_files (
  bundle_id    text not null references evidence_bundles,
  company_id   text not null,
  place        integer not null,
  dispatch_id  text,
  name         text not null,
  tries        integer not null default 0,
  is_failed    boolean not null default false,
  sha256       text,                             -- null: not made yet, failed, or expired
  bytes        bigint,
  facts        jsonb,                            -- what the index says of it
  primary key (bundle_id, place)
);

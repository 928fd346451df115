-- What a recipient's token stands for. Tokens are derived, never stored; raising the generation revokes them.
create table links (
  message_id      text primary key,
  company_id      text not null,
  dispatch_id     text not null,
  document_ids    text[] not null,
  language        text not null,                 -- of the mail, and so of its page
  mode            text not null check (mode in ('none', 'links', 'full')),
  counted         boolean not null,              -- false for the sender's own duplicate
  generation      integer not null default 1 check (generation between 1 and 65535),
  expires_at      timestamptz(3) not null,
  revoked_at      timestamptz(3),
  handed_over_at  timestamptz(3)
);
create index links_of_dispatch on links (dispatch_id);

-- A message without a row was not touched by anybody.
create table engagements (
  message_id           text primary key,
  company_id           text not null,
  dispatch_id          text not null,
  level                text not null check (level in ('none', 'machine_only', 'opened', 'viewed', 'downloaded', 'replied')),
  opened_count         integer not null default 0,
  viewed_count         integer not null default 0,
  downloaded_count     integer not null default 0,
  machine_count        integer not null default 0,
  first_opened_at      timestamptz(3),
  last_opened_at       timestamptz(3),
  first_viewed_at      timestamptz(3),
  last_viewed_at       timestamptz(3),
  first_downloaded_at  timestamptz(3),
  last_downloaded_at   timestamptz(3),
  last_at              timestamptz(3)
);
create index engagements_of_dispatch on engagements (dispatch_id);

-- Every hit, until retention; repeats and floods only raise `times`.
create table hits (
  id           text primary key,
  company_id   text not null,
  message_id   text not null,
  at           timestamptz(3) not null,
  signal       text not null check (signal in ('pixel', 'page', 'view', 'file', 'download', 'failure')),
  actor        text not null,
  certainty    text not null,
  reasons      text[] not null,
  ruleset      text not null,
  document_id  text,
  pages        integer[] not null default '{}',  -- seen in a view
  session      text,                             -- a digest of the browser session
  network      text,                             -- /24 or /48
  agent        text,                             -- family and version only
  times        integer not null default 1
);
create index hits_of_message on hits (message_id, at);
create index hits_by_age on hits (company_id, at);

-- Ids of hits already written, kept for two days: a journal that is read again after a crash counts nothing twice.
create table taken_hits (
  id          text primary key,
  company_id  text not null,
  at          timestamptz(3) not null
);
create index taken_hits_by_age on taken_hits (at);

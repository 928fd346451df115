-- What a recipient's token stands for. Tokens are derived, never stored; raising the generation revokes them.
create table links (
  message_id      text primary key,
  company_id      text not null,
  dispatch_id     text not null,
  document_ids    text[] not null,
  mode            text not null check (mode in ('none', 'links', 'full')),
  counted         boolean not null,              -- false for the sender's own duplicate
  generation      integer not null default 1,
  expires_at      timestamptz(3) not null,
  revoked_at      timestamptz(3),
  handed_over_at  timestamptz(3)
);
create index links_of_dispatch on links (dispatch_id);

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

-- Every hit, until retention; repeats and floods only count.
create table hits (
  id          text primary key,
  company_id  text not null,
  message_id  text not null,
  at          timestamptz(3) not null,
  signal      text not null check (signal in ('pixel', 'page', 'view', 'file')),
  actor       text not null,
  certainty   text not null,
  reasons     text[] not null,
  ruleset     text not null,
  session     text,
  network     text,                              -- /24 or /48
  agent       text,                              -- family and version only
  times       integer not null default 1
);
create index hits_of_message on hits (message_id, at);

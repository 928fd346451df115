create table companies (
  id                  text primary key,
  name                text not null,
  address             text not null default '',
  country             text not null,
  vat_id              text,
  language            text not null,
  time_zone           text not null,
  logo                text,                  -- sha256 of a PNG in the files store
  brand_color         text,                  -- '#rrggbb', used on the portal and in mails
  tracking_mode       text not null check (tracking_mode in ('none', 'links', 'full')),
  tracking_basis      text not null check (tracking_basis in ('consent', 'other')),
  undo_seconds        integer not null default 10 check (undo_seconds between 0 and 600),
  link_days           integer not null default 365 check (link_days between 1 and 3650),
  retention_days      integer not null default 90 check (retention_days between 30 and 3650),
  attach_documents    boolean,               -- null: attach with an own sender, link with the platform's
  default_cc          text[] not null default '{}',
  default_bcc         text[] not null default '{}',
  copy_to_sender      boolean not null default true,
  file_name_patterns  jsonb not null default '{}',   -- {"invoice": {"en": "Invoice {number}"}}
  created_at          timestamptz(3) not null
);

create table users (
  id             text primary key,
  email          text not null,
  first_name     text not null,
  last_name      text not null,
  password_hash  text not null,
  language       text not null,
  created_at     timestamptz(3) not null
);
create unique index users_email on users (lower(email));

create table members (
  company_id  text not null,
  user_id     text not null references users,
  role        text not null check (role in ('owner', 'member', 'accountant')),
  created_at  timestamptz(3) not null,
  primary key (company_id, user_id)
);

-- The cookie's value is kept as its SHA-256 only.
create table sessions (
  token_hash    bytea primary key,
  user_id       text not null references users,
  company_id    text not null,
  csrf_token    text not null,
  created_at    timestamptz(3) not null,
  last_seen_at  timestamptz(3) not null,
  expires_at    timestamptz(3) not null
);
create index sessions_of_user on sessions (user_id);

create table api_keys (
  id            text primary key,
  company_id    text not null,
  name          text not null,
  key_hash      bytea not null unique,
  hint          text not null,               -- the last four characters
  rights        text not null check (rights in ('all', 'send', 'read')),
  created_at    timestamptz(3) not null,
  last_used_at  timestamptz(3),
  revoked_at    timestamptz(3)
);

-- Failed sign-ins by address and by network, counted in a sliding window.
create table sign_in_failures (
  key  text not null,
  at   timestamptz(3) not null
);
create index sign_in_failures_key on sign_in_failures (key, at);

-- A key is claimed by its insert, before the work; the answer is filled in by the same transaction as the work.
create table idempotency_keys (
  company_id    text not null,
  key           text not null,
  request_hash  bytea not null,
  status        integer,
  answer        text,
  created_at    timestamptz(3) not null,
  primary key (company_id, key)
);

create table workers (
  id          text primary key,
  roles       text[] not null,
  started_at  timestamptz(3) not null,
  seen_at     timestamptz(3) not null
);

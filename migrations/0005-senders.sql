create table senders (
  id           text primary key,
  company_id   text not null,
  method       text not null check (method in ('sandbox', 'platform', 'domain', 'smtp', 'google', 'microsoft', 'open')),
  name         text not null default '',
  address      text not null,
  reply_to     text,
  settings     jsonb not null default '{}',       -- smtp: {host, port, security, user, verifyCertificate, maxConnections}
  secret       bytea,                             -- sealed with the installation's key
  state        text not null check (state in ('unchecked', 'valid', 'broken')),
  problem      text,
  checked_at   timestamptz(3),
  is_default   boolean not null default false,
  created_at   timestamptz(3) not null,
  deleted_at   timestamptz(3)
);
create unique index senders_default on senders (company_id) where is_default and deleted_at is null;

-- Mails kept by the sandbox transport, so that one can play the customer.
create table sandbox_mails (
  message_id   text primary key,
  company_id   text not null,
  recipient    text not null,
  raw          bytea not null,
  received_at  timestamptz(3) not null
);
create index sandbox_mails_newest on sandbox_mails (company_id, received_at desc);

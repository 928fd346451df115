-- Domains that a company sends from, with what the DNS said about them last. The installation's own domain is in it too, under the
-- company id `installation`.
create table domains (
  id                 text primary key,
  company_id         text not null,
  name               text not null,                 -- A-labels, lower case
  mark               text not null,                 -- ends its selectors, so that two installations never claim one name
  state              text not null check (state in ('pending', 'valid', 'warning', 'broken')),
  records            jsonb not null default '[]',   -- what the last check found
  checked_at         timestamptz(3),
  missing_since      timestamptz(3),                -- since when a required record of a valid domain is gone
  fallback_sender_id text,                          -- used instead while the domain is broken; null: mail is held
  created_by         text not null default '',
  created_at         timestamptz(3) not null,
  deleted_at         timestamptz(3)
);
create unique index domains_name on domains (company_id, name) where deleted_at is null;
create index domains_checked on domains (checked_at) where deleted_at is null;

-- Keys that sign a domain's mails: one in use, one spare whose record is published already, old ones until their record may go.
create table domain_keys (
  id             text primary key,
  company_id     text not null,
  domain_id      text not null references domains (id),
  number         integer not null,
  selector       text not null,
  algorithm      text not null check (algorithm in ('rsa-sha256', 'ed25519-sha256')),
  secret         bytea not null,                    -- PKCS#8 PEM, sealed with the installation's key
  record         text not null,                     -- the TXT that its name must have
  state          text not null check (state in ('signing', 'spare', 'old', 'gone')),
  created_at     timestamptz(3) not null,
  signing_since  timestamptz(3),
  retired_at     timestamptz(3)
);
create unique index domain_keys_selector on domain_keys (domain_id, selector);

-- Outside providers of registered delivery (IncaMail): the account, what was handed to it, and the receipts that came back.
alter table senders add column provider text check (provider in ('incamail'));   -- its account: never chosen as a sender by itself
alter table letters add column marking jsonb;                                    -- how the provider is told what a mail is: {prefix, suffix, headers}
alter table dispatches drop constraint dispatches_service_check;
alter table dispatches add constraint dispatches_service_check check (service in
  ('standard', 'registered', 'confidential', 'incamail_confidential', 'incamail_personal', 'incamail_registered'));

create table provider_accounts (
  company_id     text not null,
  provider       text not null check (provider in ('incamail')),
  is_active      boolean not null,
  sender_id      text not null,                  -- server, user and sealed password; its address is the account's
  marking        text not null check (marking in ('subject', 'header', 'none')),
  header_name    text not null default '',       -- with marking 'header': confidential, personal or registered is its value
  suffix         text not null default '',       -- put after recipients' addresses
  receipts_from  text[] not null,                -- addresses or domains that receipts come from
  roots          text not null default '',       -- PEM: whom the company trusts to issue the certificates of receipts
  max_bytes      bigint not null,                -- of a whole mail
  changed_at     timestamptz(3) not null,
  primary key (company_id, provider)
);

create table provider_deliveries (
  message_id    text primary key,
  company_id    text not null,
  dispatch_id   text not null,
  document_ids  text[] not null,
  provider      text not null,
  service       text not null,
  address       text not null,
  state         text not null check (state in ('waiting', 'submitted', 'accepted', 'refused', 'expired', 'undeliverable', 'blocked')),
  state_at      timestamptz(3) not null,         -- when we heard of it
  created_at    timestamptz(3) not null
);
create index provider_deliveries_newest on provider_deliveries (company_id, created_at desc, message_id desc);
create index provider_deliveries_of_dispatch on provider_deliveries (dispatch_id);

-- Receipts as they came; only added to. What they say is theirs.
create table provider_receipts (
  id           text primary key,
  company_id   text not null,
  message_id   text not null,
  dispatch_id  text not null,
  provider     text not null,
  kind         text not null check (kind in ('submitted', 'accepted', 'refused', 'expired', 'undeliverable', 'blocked', 'unknown')),
  kind_from    text not null check (kind_from in ('pdf', 'mail', 'neither')),
  matched_by   text not null check (matched_by in ('message_id', 'address')),
  mail_sha256  text not null,
  pdf_sha256   text,
  pdf_name     text,
  verdict      jsonb not null,                   -- {result, signer, issuer, claimedAt, stampedAt, why}
  counted      boolean not null,                 -- whether the state follows it
  received_at  timestamptz(3) not null
);
create unique index provider_receipts_once on provider_receipts (company_id, message_id, mail_sha256);
create index provider_receipts_by_pdf on provider_receipts (company_id, pdf_sha256);
create index provider_receipts_of_dispatch on provider_receipts (dispatch_id);

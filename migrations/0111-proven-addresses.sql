-- Mailboxes that are, or are to be, proven with a mailed code: an address of a sender that nothing else vouches for, or where its
-- answers shall go in another domain.
create table proven_addresses (
  company_id    text not null,
  address       text not null,
  code_mac      bytea,                              -- of the code that was mailed last
  mailed_at     timestamptz(3),
  mailed_count  integer not null default 0,         -- within a day
  tries         integer not null default 0,
  proven_at     timestamptz(3),
  primary key (company_id, address)
);

alter table senders
  add column reply_to_proven boolean not null default true,   -- false: answers go elsewhere until it is
  add column via_sender_id text;                              -- whose server and password it uses

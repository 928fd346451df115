-- Who does not want to be recorded, known by a keyed hash of the address alone: it holds for mails to come, whether there is a contact or not.
create table tracking_refusals (
  company_id    text not null,
  address_hash  bytea not null,                       -- HMAC-SHA-256 of the address key, by the company's own key
  refused_at    timestamptz(3) not null,
  primary key (company_id, address_hash)
);

-- The key of each company for these hashes: nobody can compare those of two companies. Made with the first refusal.
create table tracking_refusal_keys (
  company_id  text primary key,
  key         bytea not null
);

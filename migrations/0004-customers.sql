create table customers (
  id           text primary key,
  company_id   text not null,
  name         text not null,
  name_key     text not null,                  -- lower case, without accents and punctuation: for matching and search
  vat_id       text,
  country      text,
  language     text,
  default_cc   text[] not null default '{}',
  merged_into  text,
  created_at   timestamptz(3) not null
);
create index customers_by_vat_id on customers (company_id, vat_id) where vat_id is not null;
create index customers_by_name_key on customers (company_id, name_key);
create index customers_by_name on customers (company_id, lower(name), id);

create table contacts (
  id                text primary key,
  company_id        text not null,
  customer_id       text not null references customers,
  email             text not null,
  email_key         text not null,                    -- one per mailbox: lower case, domain in A-labels
  name              text not null default '',
  roles             text[] not null default '{}',     -- kinds of document, and 'reminder'; empty: everything
  language          text,
  tracking          text not null default 'unknown' check (tracking in ('unknown', 'granted', 'denied')),
  tracking_at       timestamptz(3),
  tracking_how      text,
  last_used_at      timestamptz(3),
  created_at        timestamptz(3) not null
);
create unique index contacts_email on contacts (customer_id, email_key);
create index contacts_by_email on contacts (company_id, email_key text_pattern_ops);

create table customers (
  id           text primary key,
  company_id   text not null,
  name         text not null,
  vat_id       text,
  country      text,
  language     text,
  default_cc   text[] not null default '{}',
  merged_into  text,
  created_at   timestamptz(3) not null
);
create index customers_by_vat_id on customers (company_id, vat_id) where vat_id is not null;
create index customers_by_name on customers (company_id, lower(name), id);

create table contacts (
  id                text primary key,
  company_id        text not null,
  customer_id       text not null references customers,
  email             text not null,
  name              text not null default '',
  roles             text[] not null default '{}',     -- kinds of document, and 'reminder'; empty: everything
  language          text,
  tracking          text not null default 'unknown' check (tracking in ('unknown', 'granted', 'denied')),
  tracking_at       timestamptz(3),
  tracking_how      text,
  last_used_at      timestamptz(3),
  created_at        timestamptz(3) not null
);
create unique index contacts_email on contacts (customer_id, lower(email));
create index contacts_by_email on contacts (company_id, lower(email));

-- When a document that a program or the watched folder hands in is sent without a person.
create table send_rules (
  id            text primary key,
  company_id    text not null,
  name          text not null,
  is_active     boolean not null,
  kinds         text[] not null,                 -- empty: all
  customer_ids  text[] not null,                 -- empty: all
  categories    text[] not null,                 -- of the customer; empty: all
  sources       text[] not null,                 -- 'api', 'folder'
  sender_id     text,                            -- null: as the company's rule says
  wait_minutes  integer not null check (wait_minutes between 0 and 10080),
  office_hours  boolean not null,
  author        jsonb not null,                  -- who set it; in his name it sends
  created_at    timestamptz(3) not null,
  changed_at    timestamptz(3) not null,
  deleted_at    timestamptz(3)
);
create index send_rules_of_company on send_rules (company_id, created_at) where deleted_at is null;

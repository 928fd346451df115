-- Files of a bank that somebody brought in.
create table bank_imports (
  id               text primary key,
  company_id       text not null,
  file_name        text not null,
  sha256           text not null,
  format           text not null check (format in ('camt', 'csv')),
  account          text,
  entries          integer not null,             -- money that came in
  new_entries      integer not null,             -- of these, not in an earlier file
  outgoing         integer not null,
  unreadable       integer not null,
  last_booked_on   date,
  created_by       text not null,
  created_by_name  text not null,
  created_at       timestamptz(3) not null
);
create index bank_imports_newest on bank_imports (company_id, created_at desc, id desc);

create table bank_entries (
  id              text primary key,
  company_id      text not null,
  import_id       text not null references bank_imports,
  entry_key       text not null,                 -- the same booking in another file has the same
  booked_on       date not null,
  amount          numeric not null,
  currency        text,
  name            text not null,
  text            text not null,
  state           text not null default 'open' check (state in ('open', 'confirmed', 'ignored')),
  document_ids    text[] not null default '{}',  -- that it pays, once a person has said so
  decided_by      text,
  decided_at      timestamptz(3),
  created_at      timestamptz(3) not null,
  unique (company_id, entry_key)
);
create index bank_entries_newest on bank_entries (company_id, state, created_at desc, id desc);

create index documents_open on documents (company_id, due_date)
  where paid_on is null and replaced_by is null and canceled_at is null;
create index documents_by_number on documents (company_id, lower(number)) where number is not null;

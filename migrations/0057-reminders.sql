create table reminder_policies (
  id              text primary key,
  company_id      text not null,
  name            text not null,
  is_active       boolean not null,
  mode            text not null check (mode in ('review', 'automatic')),
  kinds           text[] not null,
  minimum_amount  numeric,                        -- what is open of a document; null: any
  is_grouped      boolean not null,               -- one mail per customer
  bank_days       integer,                        -- held when the last bank file is older; null: no matter
  send_hour       integer not null check (send_hour between 0 and 23),   -- of the company's zone
  steps           jsonb not null,                 -- [{days, senderId, letter, texts: {language: {subject, html}}}]
  author          jsonb not null,                 -- in whose name it sends
  created_at      timestamptz(3) not null,
  deleted_at      timestamptz(3)
);
create index reminder_policies_of_company on reminder_policies (company_id, created_at) where deleted_at is null;

-- A step that was taken for a document is never taken again.
create table reminder_marks (
  company_id   text not null,
  document_id  text not null,
  policy_id    text not null references reminder_policies,
  days         integer not null,
  run_id       text,
  marked_at    timestamptz(3) not null,
  primary key (company_id, document_id, policy_id, days)
);

-- Each policy has its turn once a day, whichever worker is first.
create table reminder_turns (
  company_id  text not null,
  policy_id   text not null references reminder_policies,
  day         date not null,
  primary key (policy_id, day)
);

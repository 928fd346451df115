create extension if not exists pg_trgm;

create table notices (
  id           text primary key,
  company_id   text not null,
  kind         text not null,                    -- message_held, message_failed, message_unconfirmed, sender_broken …
  subject_id   text not null,                    -- the message, sender … that it is about
  dispatch_id  text,
  document_id  text,
  data         jsonb not null default '{}',
  opened_at    timestamptz(3) not null,
  closed_at    timestamptz(3),                   -- its cause is gone, or a person put it away
  closed_by    text
);
create unique index notices_open on notices (company_id, kind, subject_id) where closed_at is null;
create index notices_newest on notices (company_id, opened_at desc) where closed_at is null;

-- Read model: follows the log and can be rebuilt from the tables of the other folders at any time.
create table document_overview (
  document_id      text primary key,
  company_id       text not null,
  kind             text not null,
  number           text,
  customer_id      text,
  customer_name    text not null,
  issue_date       date,
  due_date         date,
  currency         text,
  total            numeric,
  amount_due       numeric,
  paid             text not null,                -- unpaid, partly, paid
  is_current       boolean not null,             -- not replaced, not canceled
  envelope         text not null,
  reached          jsonb not null,               -- {to, failed, opened, …} behind the envelope
  dispatch_count   integer not null,
  reminder_count   integer not null,
  first_sent_at    timestamptz(3),
  last_event_type  text,
  last_event_at    timestamptz(3) not null,
  created_at       timestamptz(3) not null,
  search           text not null
);
create index document_overview_newest on document_overview (company_id, created_at desc, document_id desc) where is_current;
create index document_overview_kind on document_overview (company_id, kind, created_at desc, document_id desc) where is_current;
create index document_overview_envelope on document_overview (company_id, envelope, created_at desc, document_id desc) where is_current;
create index document_overview_customer on document_overview (company_id, customer_id, created_at desc, document_id desc);
create index document_overview_due on document_overview (company_id, due_date) where is_current and paid <> 'paid';
create index document_overview_search on document_overview using gin (search gin_trgm_ops);

create table message_overview (
  message_id        text primary key,
  company_id        text not null,
  dispatch_id       text not null,
  document_id       text not null,
  role              text not null,
  name              text not null,
  address           text not null,
  subject           text not null,
  attachment        text not null,
  kind              text not null,
  number            text,
  purpose           text not null,
  origin            text not null,
  sender_id         text not null,
  sender_address    text not null,
  delivery          text not null,
  detail            text,
  engagement        text not null,
  opened_count      integer not null,
  viewed_count      integer not null,
  downloaded_count  integer not null,
  attempt_count     integer not null,
  first_opened_at   timestamptz(3),
  last_event_at     timestamptz(3) not null,
  due_at            timestamptz(3) not null,
  created_at        timestamptz(3) not null,
  search            text not null
);
create index message_overview_newest on message_overview (company_id, created_at desc, message_id desc);
create index message_overview_delivery on message_overview (company_id, delivery, created_at desc, message_id desc);
create index message_overview_engagement on message_overview (company_id, engagement, created_at desc, message_id desc);
create index message_overview_kind on message_overview (company_id, kind, created_at desc, message_id desc);
create index message_overview_sender on message_overview (company_id, sender_id, created_at desc, message_id desc);
create index message_overview_recipient on message_overview (company_id, lower(address), created_at desc, message_id desc);
create index message_overview_dispatch on message_overview (dispatch_id);
create index message_overview_search on message_overview using gin (search gin_trgm_ops);

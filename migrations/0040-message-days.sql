-- What lists and totals of e-mails are filtered by, worked out once when the row is.
alter table message_overview
  add column day            date not null default '1970-01-01',   -- of created_at on the company's clock
  add column envelope       text not null default 'none',         -- the message's own
  add column category       text not null default 'first',        -- first, resend, reminder (by hand), automatic
  add column machine_count  integer not null default 0,
  add column sent_at        timestamptz(3),
  add column first_seen_at  timestamptz(3);                       -- opened, viewed or downloaded

alter table document_overview add column paid_on date;

drop index message_overview_delivery, message_overview_engagement, message_overview_kind, message_overview_sender;
create index message_overview_delivery on message_overview (company_id, delivery, created_at desc, message_id desc);
create index message_overview_engagement on message_overview (company_id, engagement, created_at desc, message_id desc);
create index message_overview_kind on message_overview (company_id, kind, envelope, created_at desc, message_id desc);
create index message_overview_category on message_overview (company_id, category, envelope, created_at desc, message_id desc);
create index message_overview_sender on message_overview (company_id, sender_id, envelope, created_at desc, message_id desc);
create index message_overview_envelope on message_overview (company_id, envelope, created_at desc, message_id desc);
create index message_overview_seen on message_overview (company_id, day) include (sent_at, first_seen_at)
  where first_seen_at is not null and role = 'to';
create index document_overview_paid_on on document_overview (company_id, paid_on) include (first_sent_at)
  where paid_on is not null and first_sent_at is not null;

-- How many e-mails of a day are in which state: totals and charts of a year cost a few hundred rows. Follows message_overview.
create table message_days (
  company_id  text not null,
  day         date not null,
  kind        text not null,
  category    text not null,
  sender_id   text not null,
  envelope    text not null,
  count       integer not null,
  primary key (company_id, day, kind, category, sender_id, envelope)
);
create index message_days_empty on message_days (company_id) where count <= 0;

-- A list as somebody keeps it: a name for the query in its address.
create table saved_views (
  id          text primary key,
  company_id  text not null,
  user_id     text not null,
  place       text not null check (place in ('emails', 'documents')),
  name        text not null,
  query       text not null,
  created_at  timestamptz(3) not null
);
create unique index saved_views_of_user on saved_views (company_id, user_id, place, name);

-- The first month of the business year.
alter table companies add column fiscal_month integer not null default 1 check (fiscal_month between 1 and 12);

-- The rows are worked out anew from the log when the follower runs next.
delete from message_overview;
delete from document_overview;
delete from cursors where name = 'overview';

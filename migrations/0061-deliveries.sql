-- A message whose content waits behind a code: registered (accepted or refused) or confidential (opened).
create table deliveries (
  message_id      text primary key,
  company_id      text not null,
  dispatch_id     text not null,
  document_ids    text[] not null,
  service         text not null check (service in ('registered', 'confidential')),
  address         text not null,
  language        text not null,
  sender_email    text not null,                 -- whose receipts of our side go to
  days            integer not null check (days between 1 and 90),
  state           text not null check (state in ('waiting', 'accepted', 'refused', 'expired', 'opened', 'withdrawn')),
  notified_at     timestamptz(3),                -- when the mail had left: the days are counted from then
  deadline_at     timestamptz(3),                -- the first instant at which it is too late; confidential ones end then too
  decided_at      timestamptz(3),
  handed_over_at  timestamptz(3),
  reminded        integer not null default 0,
  content         jsonb,                         -- [{documentId, fileName, bytes, sha256, sealedSha256}]
  content_key     bytea,                         -- of this delivery alone, sealed with the installation's; erasing it erases the content
  created_at      timestamptz(3) not null
);
create index deliveries_running on deliveries (company_id, created_at desc) where state = 'waiting';
create index deliveries_due on deliveries (deadline_at) where state = 'waiting';
create index deliveries_unnotified on deliveries (created_at) where notified_at is null and state = 'waiting';
create index deliveries_of_dispatch on deliveries (dispatch_id);

-- One code of a message for one browser.
create table delivery_codes (
  message_id    text not null,
  company_id    text not null,
  session_hash  bytea not null,
  code_mac      bytea not null,
  tries         integer not null default 0,
  expires_at    timestamptz(3) not null,
  primary key (message_id, session_hash)
);

-- Browsers that have shown the code.
create table delivery_sessions (
  message_id    text not null,
  company_id    text not null,
  session_hash  bytea not null,
  until         timestamptz(3) not null,
  primary key (message_id, session_hash)
);

-- Reminders and receipts that are to be mailed; each of a kind to each side once.
create table delivery_mails (
  message_id  text not null,
  company_id  text not null,
  kind        text not null,
  side        text not null check (side in ('sender', 'recipient')),
  at          timestamptz(3) not null,           -- of what it is about
  due_at      timestamptz(3) not null,
  tries       integer not null default 0,
  sent_at     timestamptz(3),
  primary key (message_id, kind, side)
);
create index delivery_mails_due on delivery_mails (due_at) where sent_at is null;


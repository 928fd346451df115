-- Addresses that may not be mailed, and why. Taken off the list, a row stays as history.
create table suppressions (
  id           text primary key,
  company_id   text not null,
  address      text not null,
  address_key  text not null,                  -- one per mailbox, as in contacts
  reason       text not null check (reason in ('mailbox_unknown', 'mailbox_disabled', 'domain_unknown', 'complaint', 'manual')),
  origin       text not null check (origin in ('server', 'report', 'user', 'program')),
  message_id   text,                           -- the message whose fate was the cause
  note         text,
  added_by     text,                           -- user or key; null: by the rule
  added_at     timestamptz(3) not null,
  removed_at   timestamptz(3),
  removed_by   text
);
create unique index suppressions_in_force on suppressions (company_id, address_key) where removed_at is null;
create index suppressions_newest on suppressions (company_id, added_at desc, id desc) where removed_at is null;

-- Mails that came back; their bytes lie in the files store. A row is also the job of reading it.
create table returned_mails (
  id             text primary key,
  company_id     text not null,
  message_id     text,                         -- the message that the address named (VERP); else found by matching
  via            text not null check (via in ('return_path', 'reply_address', 'complaint_address', 'mailbox')),
  sender_id      text,                         -- whose mailbox it was found in
  envelope_from  text not null,                -- '': the null return path of reports (RFC 5321 §4.5.5)
  client_ip      text,
  client_name    text,
  sha256         text not null,
  bytes          integer not null,
  received_at    timestamptz(3) not null,
  due_at         timestamptz(3) not null,
  tries          integer not null default 0,
  kind           text,                         -- what it was found to be; null until it is read
  matched_by     text,                         -- verp, header, message_id, recipient; null: of no message of ours
  done_at        timestamptz(3)
);
create unique index returned_mails_once on returned_mails (company_id, sha256, coalesce(message_id, ''));
create index returned_mails_due on returned_mails (due_at) where done_at is null;
create index returned_mails_of_message on returned_mails (message_id) where message_id is not null;

-- What was told about a message already: the same report by two ways, or twice, is one event.
create table told_reports (
  company_id  text not null,
  message_id  text not null,
  digest      text not null,
  told_at     timestamptz(3) not null,
  primary key (message_id, digest)
);

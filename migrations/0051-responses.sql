-- What a customer did on his page: decided, declared, wrote, passed on.
create table responses (
  id           text primary key,
  company_id   text not null,
  dispatch_id  text not null,
  message_id   text not null,
  document_id  text not null,
  kind         text not null check (kind in ('accepted', 'refused', 'payment_declared', 'disputed', 'replied', 'forwarded',
                 'misdirected')),
  name         text not null default '',
  text         text not null default '',
  data         jsonb not null default '{}',      -- paidOn, reference, to, verified, receipt
  created_at   timestamptz(3) not null
);
create index responses_of_document on responses (document_id, created_at);
create index responses_newest on responses (company_id, created_at desc, id desc);
-- A quote is decided once.
create unique index responses_decision on responses (company_id, document_id) where kind in ('accepted', 'refused');

-- Codes that were mailed to a recipient: bound to his message and his browser, kept as HMAC.
create table codes (
  id          text primary key,
  company_id  text not null,
  message_id  text not null,
  purpose     text not null check (purpose in ('decision', 'documents')),
  session     text not null,
  mac         bytea not null,
  tries       integer not null default 0,
  expires_at  timestamptz(3) not null,
  used_at     timestamptz(3),
  created_at  timestamptz(3) not null
);
create index codes_of_message on codes (message_id, created_at);

-- Mails about a dispatch that carry no document: codes and receipts.
alter table messages drop constraint messages_role_check;
alter table messages add constraint messages_role_check check (role in ('to', 'cc', 'bcc', 'copy', 'notification'));

-- What the messages of one dispatch share.
create table letters (
  id            text primary key,
  company_id    text not null,
  dispatch_id   text not null,
  from_name     text not null,
  from_address  text not null,
  reply_to      text,
  to_header     jsonb not null,                  -- [{name, address}]
  cc_header     jsonb not null,
  subject       text not null,
  html          text not null,
  text          text not null,
  language      text not null,
  attachments   jsonb not null,                  -- [{sha256, fileName, mediaType, bytes}]
  created_at    timestamptz(3) not null
);

-- One mail to one recipient. This row is the job in the queue.
create table messages (
  id               text primary key,
  company_id       text not null,
  dispatch_id      text not null,
  letter_id        text not null references letters,
  document_id      text not null,                -- the first, when there are several
  sender_id        text not null,
  role             text not null check (role in ('to', 'cc', 'bcc', 'copy')),
  position         integer not null,
  name             text not null default '',
  address          text not null,
  delivery         text not null check (delivery in ('scheduled', 'held', 'queued', 'sending', 'deferred', 'handed_off',
                     'accepted', 'unconfirmed', 'rejected', 'expired', 'bounced', 'complained', 'canceled')),
  detail           text,                         -- a stable word: why it is held, deferred, rejected …
  due_at           timestamptz(3) not null,
  attempt_count    integer not null default 0,
  first_tried_at   timestamptz(3),
  fence            bigint not null default 0,    -- raised by each lease; an older one may not dial any more
  leased_by        text,
  leased_until     timestamptz(3),
  internet_id      text not null unique,         -- the Message-ID header (RFC 5322 §3.6.4), without brackets
  override_reason  text,                         -- why a person released it
  replaced_by      text,                         -- the message that a resend made instead of this one
  settled_at       timestamptz(3),
  created_at       timestamptz(3) not null
);
create index messages_due on messages (due_at, id) where delivery in ('scheduled', 'queued', 'deferred');
create index messages_leased on messages (leased_until) where delivery = 'sending';
create index messages_held on messages (company_id, sender_id) where delivery = 'held';
create index messages_of_dispatch on messages (dispatch_id, position);
create index messages_of_document on messages (document_id);
create index messages_to_address on messages (company_id, lower(address), created_at desc);

create table attempts (
  id           text primary key,
  company_id   text not null,
  message_id   text not null,
  number       integer not null,
  fence        bigint not null,
  worker       text not null,
  started_at   timestamptz(3) not null,
  dot_sent_at  timestamptz(3),
  ended_at     timestamptz(3),
  outcome      text check (outcome in ('accepted', 'temporary', 'permanent', 'unknown_after_dot', 'lost')),
  problem      text,
  step         text,
  code         integer,
  enhanced     text,
  reply        text,
  host         text,
  ip           text,
  tls          jsonb,
  unique (message_id, number)
);
create index attempts_open on attempts (message_id) where outcome is null;

-- The archive: a mail's own part; the encoded attachments are shared and kept by their hash.
create table mails (
  message_id  text primary key,
  company_id  text not null,
  head        bytea not null,
  parts       jsonb not null,                    -- [{sha256, fileName, mediaType}] in order
  tail        bytea not null,
  bytes       integer not null,
  sha256      text not null,                     -- of the whole
  created_at  timestamptz(3) not null
);

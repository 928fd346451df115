-- Whose owner wants a copy of what is sent in the mailbox's Sent folder, and since when; null: nowhere.
alter table mailboxes add column keep_sent_since timestamptz(3);

-- One copy per dispatch: a row is the job of filing it.
create table sent_copies (
  dispatch_id  text primary key,
  company_id   text not null,
  sender_id    text not null,
  message_id   text not null,             -- of the first recipient: the copy has its Message-ID
  due_at       timestamptz(3) not null,
  tries        integer not null default 0,
  folder       text,                      -- where it lies
  problem      text,                      -- why the last try failed
  done_at      timestamptz(3),            -- filed, or given up
  created_at   timestamptz(3) not null
);
create index sent_copies_due on sent_copies (due_at) where done_at is null;

-- Mails of the installation's own to somebody of the company: digests of notices, customers' answers that are passed on.
create table house_mails (
  id              text primary key,
  company_id      text not null,
  kind            text not null check (kind in ('digest', 'reply')),
  address         text not null,
  content         jsonb,                         -- what it is made of; null once it is done
  message_id      text,                          -- reply: the message that was answered
  due_at          timestamptz(3) not null,       -- while somebody has it in hand: when he must have done with it
  tries           integer not null default 0,
  first_tried_at  timestamptz(3),
  dot_at          timestamptz(3),                -- from then on it may have arrived
  problem         text,                          -- of the last try
  outcome         text check (outcome in ('sent', 'unconfirmed', 'refused', 'expired')),
  done_at         timestamptz(3),
  created_at      timestamptz(3) not null
);
create index house_mails_due on house_mails (due_at) where done_at is null;
create index house_mails_of_message on house_mails (message_id, created_at) where message_id is not null;

-- When somebody is mailed what needs a person; without a row: daily, at 8.
create table digest_settings (
  company_id  text not null,
  user_id     text not null,
  mode        text not null check (mode in ('at_once', 'daily', 'off')),
  hour        integer not null check (hour between 0 and 23),
  primary key (company_id, user_id)
);

-- Which notices somebody was mailed of: each once.
create table digest_notices (
  company_id     text not null,
  user_id        text not null,
  notice_id      text not null,
  house_mail_id  text not null,
  told_at        timestamptz(3) not null,
  primary key (user_id, notice_id)
);

-- Answers to a company's mails come to us and are passed on, where it wishes so.
alter table companies add column track_replies boolean not null default false;
alter table letters add column track_replies boolean not null default false;

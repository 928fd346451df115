-- Colleagues to whom the recipient of a delivery has handed it: each with a mail, a link and codes of his own.
create table delivery_delegates (
  link_message_id  text primary key,             -- the mail that tells him; its link is his
  message_id       text not null,                -- the delivery
  company_id       text not null,
  name             text not null,
  address          text not null,
  created_at       timestamptz(3) not null,
  ended_at         timestamptz(3)                -- taken back by the recipient
);
create index delivery_delegates_of on delivery_delegates (message_id);
alter table deliveries add column decided_by text;        -- the delegate who answered for the recipient; null: himself, or nobody
alter table deliveries add column handed_over_to text;    -- the delegate to whom the content went first
alter table delivery_mails drop constraint delivery_mails_side_check;
alter table delivery_mails add constraint delivery_mails_side_check check (side in ('sender', 'recipient', 'delegate'));

-- Where the code of a delivery can go besides the mailbox.
alter table contacts add column mobile text check (mobile ~ '^\+[1-9][0-9]{6,14}$');
alter table deliveries
  add column mobile text check (mobile ~ '^\+[1-9][0-9]{6,14}$'),
  add column decided_with text check (decided_with in ('email', 'sms')),
  add column handed_over_with text check (handed_over_with in ('email', 'sms'));
-- What was made by a process of before went to the mailbox.
alter table delivery_codes add column channel text not null default 'email' check (channel in ('email', 'sms'));
alter table delivery_sessions add column channel text not null default 'email' check (channel in ('email', 'sms'));
update deliveries set decided_with = 'email' where state in ('accepted', 'refused');
update deliveries set handed_over_with = 'email' where handed_over_at is not null;

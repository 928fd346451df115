-- Extra files and lists that go along with documents behind a code: they are sealed as the documents are, and never in the mail.
alter table deliveries add column file_ids text[] not null default '{}';

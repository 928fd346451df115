-- When the content of a dispatch was erased: its mails, letter, kept pages and files of its own are gone, its events and proofs are not.
alter table dispatches add column content_erased_at timestamptz(3);
-- What was erased on purpose is not missing: the check of the files asks for it.
create index events_content_erased on events (company_id) where type = 'content.erased';

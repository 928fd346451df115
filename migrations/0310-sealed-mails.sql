-- The text of an archived mail is encrypted as files are (ADR 310). Those of before are sealed by the workers, some at a time.
alter table mails add column sealed boolean not null default false;
create index mails_to_seal on mails (message_id) where not sealed;

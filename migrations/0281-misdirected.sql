-- Since when whoever reads the mailbox says that the mail was not meant for it; null: nobody does, or a person knows better.
alter table messages add column misdirected_at timestamptz(3);
update messages set misdirected_at = said.at
  from (select message_id, max(created_at) as at from responses where kind = 'misdirected' group by message_id) as said
  where messages.id = said.message_id and messages.replaced_by is null;
create index messages_misdirected on messages (company_id, lower(address)) where misdirected_at is not null;

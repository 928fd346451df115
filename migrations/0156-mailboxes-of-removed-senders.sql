-- The mailbox of a sender that was removed is read no more: password or grant are gone.
delete from mailboxes where exists (select from senders where senders.id = mailboxes.sender_id and senders.deleted_at is not null);

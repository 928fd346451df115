-- A text that was tied to a sender which is gone went out from the company's default sender: from now on it says so itself.
update templates set sender_id = null
where exists (select from senders where senders.id = templates.sender_id and senders.deleted_at is not null);

-- What a member may send, and from which senders; null: everything. Owners are never limited.
alter table members add column kinds text[];
alter table members add column sender_ids text[];

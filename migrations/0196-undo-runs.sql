-- Until when a person who has started a run can take that back; nothing of it leaves before.
alter table runs add column undo_until timestamptz(3);

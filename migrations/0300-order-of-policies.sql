-- Which policy is asked first: by its place, and as they were made where none was given.
alter table reminder_policies add place integer not null default 0;

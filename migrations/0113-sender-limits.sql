-- How many e-mails a company lets leave from a sender: {perMinute, perHour, perDay}; what is not named is not limited by it.
alter table senders add column limits jsonb not null default '{}';

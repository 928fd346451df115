-- The sender of what waits behind a code is not told to the recipient before he has accepted (the blind mode of CPCE R.53-2 ff.).
alter table dispatches add column sender_hidden boolean not null default false;
alter table deliveries add column sender_hidden boolean not null default false;

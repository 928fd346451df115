-- Registered and confidential deliveries go out without the sender's name unless the send says otherwise.
alter table companies add column hide_sender boolean not null default false;

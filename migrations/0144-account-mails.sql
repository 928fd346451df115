-- Mails about somebody's account: an invitation, a new password, a sign-in from a browser that is not known.
alter table house_mails drop constraint house_mails_kind_check;
alter table house_mails add constraint house_mails_kind_check check (kind in ('digest', 'reply', 'account'));

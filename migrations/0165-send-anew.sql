-- What was left out of a line and why: its other documents went out without it.
alter table run_lines add left_out jsonb not null default '[]';
create index run_lines_of_dispatch on run_lines (dispatch_id) where dispatch_id is not null;

-- Mails with several documents of which one was settled in the last second go out anew without it.
create index messages_to_send_anew on messages (company_id) where detail = 'to_send_anew';

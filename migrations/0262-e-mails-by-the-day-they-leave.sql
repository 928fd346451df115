-- An e-mail stands under the day on which it leaves or is to leave, on the company's clock, and no longer under that of its writing.
update message_overview set day = (message_overview.due_at at time zone companies.time_zone)::date from companies
  where companies.id = message_overview.company_id
    and message_overview.day <> (message_overview.due_at at time zone companies.time_zone)::date;

delete from message_days;
insert into message_days (company_id, day, kind, category, sender_id, envelope, count)
  select company_id, day, kind, category, sender_id, envelope, count(*)::integer from message_overview
  where role not in ('copy', 'notification') group by company_id, day, kind, category, sender_id, envelope;

-- What leaves on a day may have been written a year before: the day finds it, not the time of writing.
create index message_overview_day on message_overview (company_id, day, created_at desc, message_id desc);

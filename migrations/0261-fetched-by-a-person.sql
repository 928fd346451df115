-- How often a page or file was fetched, probably by a person, without the page's own word that somebody saw it: no level of its own, and no silence either.
alter table engagements add column fetched_count integer not null default 0;
alter table engagements add column last_fetched_at timestamptz(3);

update engagements set fetched_count = fetched.times, last_fetched_at = fetched.last_at
  from (select message_id, sum(times)::integer as times, max(at) as last_at from hits
        where actor = 'person' and signal in ('page', 'file') group by message_id) as fetched
  where fetched.message_id = engagements.message_id;

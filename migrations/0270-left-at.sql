-- When a mail is first known to have left: the mail server took it, a person says so, or somebody complained of it. The days of a delivery
-- are counted from it. `links.handed_over_at` is wider: it also holds when nobody knows.
alter table messages add column left_at timestamptz;
update messages set left_at = coalesce(messages.settled_at, links.handed_over_at)
from deliveries, links
where deliveries.message_id = messages.id and links.message_id = messages.id and deliveries.state = 'waiting'
  and messages.delivery in ('handed_off', 'accepted', 'complained', 'bounced');

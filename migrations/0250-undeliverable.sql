-- A delivery whose notice could not be delivered is over, and says so: nothing of it expired.
alter table deliveries drop constraint deliveries_state_check;
alter table deliveries add constraint deliveries_state_check
  check (state in ('waiting', 'accepted', 'refused', 'expired', 'opened', 'withdrawn', 'undeliverable'));

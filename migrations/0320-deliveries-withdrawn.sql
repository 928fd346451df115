-- Deliveries that were taken back lately: their notices are looked at every two seconds.
create index deliveries_withdrawn on deliveries (decided_at) where state = 'withdrawn';

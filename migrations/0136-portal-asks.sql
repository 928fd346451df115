-- How often codes were asked for and tried, over all processes: HMACs of messages and networks, forgotten after an hour.
create table portal_asks (
  key  bytea not null,
  at   timestamptz(3) not null
);
create index portal_asks_key on portal_asks (key, at);
create index portal_asks_at on portal_asks (at);

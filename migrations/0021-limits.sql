-- How many messages go to one place (a mail server's site, an account) in a time, over all workers. Milliseconds since 1970.
create table sending_limits (
  name     text primary key,
  arrival  double precision not null,   -- when the next message would come if all came evenly
  line     double precision not null    -- until when the turns are given away that lie ahead
);

-- What domains demand of those who send to them (MTA-STS, RFC 8461); kept so that a restart does not forget it.
create table sts_policies (
  domain      text primary key,
  policy_id   text not null,
  mode        text not null,
  mx          jsonb not null,
  expires_at  timestamptz(3) not null
);

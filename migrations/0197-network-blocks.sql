-- Companies from which another one wants to receive nothing. Who is blocked may see so much of it that his documents do not get there.
create table network_blocks (
  company_id  text not null,                         -- who receives nothing
  from_id     text not null,                         -- from whom
  from_name   text not null,
  blocked_by  text not null,
  blocked_at  timestamptz(3) not null,
  primary key (company_id, from_id)
);

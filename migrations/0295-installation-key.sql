-- By which secret key this installation lives: a mark of it, from which it cannot be told. A machine with another key would write links that lead nowhere
-- and files that nobody can open.
create table installation_keys (
  only_one  boolean primary key default true check (only_one),
  mark      bytea not null,
  since     timestamptz(3) not null default now()
);

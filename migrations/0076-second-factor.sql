-- A second proof besides the password; read before a company is known, by the worker's role only.
create table second_factors (
  user_id       text primary key references users,
  secret        bytea not null,             -- sealed with the installation's key
  confirmed_at  timestamptz(3),             -- null: begun, and asks for nothing yet
  last_epoch    bigint not null default 0,  -- the time step that was used last: a code works once
  created_at    timestamptz(3) not null
);
create table recovery_codes (
  user_id    text not null references users,
  code_hash  bytea not null,                -- SHA-256 of 80 random bits
  used_at    timestamptz(3),
  primary key (user_id, code_hash)
);

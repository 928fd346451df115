-- What a list of one's own signed-in browsers shows, and a name for each that is not its secret. Old code writes none of it.
alter table sessions add column id text not null default gen_random_uuid()::text;
alter table sessions add column agent text;
alter table sessions add column network text;
create unique index sessions_id on sessions (id);
-- Browsers in which a user has signed in before: a sign-in from another one is told by mail. Only the hash of the browser's mark.
create table known_browsers (
  user_id        text not null references users,
  mark_hash      bytea not null,
  first_seen_at  timestamptz(3) not null,
  primary key (user_id, mark_hash)
);

-- What becomes of files that are dropped into a company's watched folder.
create table watch_settings (
  company_id  text primary key,
  user_id     text not null references users,      -- in whose name it is sent
  send        text not null check (send in ('never', 'named', 'always')),
  changed_at  timestamptz(3) not null
);

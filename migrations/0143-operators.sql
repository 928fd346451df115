-- Who runs the installation: sees every company's plan and use, and nothing of its content. Read by the worker's role only.
create table operators (
  user_id  text primary key references users,
  since    timestamptz(3) not null
);
-- Who set an installation up runs it.
insert into operators (user_id, since)
  select user_id, created_at from members where role = 'owner' order by created_at, user_id limit 1;

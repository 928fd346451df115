-- How much a company may use: {"messagesPerMonth": 1000, "users": 3}; what is absent has no limit.
alter table plans add column limits jsonb not null default '{}';

-- How many messages a company with such a limit has used of its month. Made when it first sends under one, and anew when its month or plan changes.
create table plan_use (
  company_id  text primary key,
  since       timestamptz(3) not null,                -- when its month began, by the company's clocks
  messages    integer not null check (messages >= 0),
  told        smallint not null default 0             -- of what the owners were told: 80 or 100 per cent
);

-- A run whose lines the plan has no room for looks again then.
alter table runs add column waits_until timestamptz(3);

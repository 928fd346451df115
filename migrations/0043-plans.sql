-- What an operator who hosts for others sells: which features a company has. Without any plan everybody has everything.
create table plans (
  name      text primary key,
  features  text[] not null,
  is_usual  boolean not null default false       -- of companies that were given none
);
create unique index plans_usual on plans (is_usual) where is_usual;

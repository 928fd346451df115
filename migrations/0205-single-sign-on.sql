-- Single sign-on of a company by OpenID Connect. Old code reads and writes none of it: it keeps letting people in by password.
create table single_sign_ons (
  company_id      text primary key,
  issuer          text not null,
  client_id       text not null,
  client_secret   bytea not null,            -- sealed with the installation's key
  newcomer_role   text check (newcomer_role in ('member', 'accountant')), -- null: nobody joins by the domain of his address
  changed_at      timestamptz(3) not null,
  last_used_at    timestamptz(3)             -- since it was last pointed elsewhere; null: nobody came in by it yet
);

-- Who a person is for the issuer (OpenID Connect Core §5.7: only `sub` stays the same). Ends with the membership.
create table single_sign_on_people (
  company_id  text not null,
  subject     text not null,
  user_id     text not null,
  since       timestamptz(3) not null,
  primary key (company_id, subject),
  unique (company_id, user_id),
  foreign key (company_id, user_id) references members (company_id, user_id) on delete cascade
);

-- Each way there and back is gone once: the state that came back, until it is too old anyway.
create table single_sign_on_answers (
  state_hash  bytea primary key,
  expires_at  timestamptz(3) not null
);

-- Whether members and accountants come in by it only; owners always may by password, so that nobody is locked out.
alter table companies add column single_sign_on_only boolean not null default false;

-- Such a session holds for this company alone, and changes nothing about the account itself.
alter table sessions add column by_single_sign_on boolean not null default false;

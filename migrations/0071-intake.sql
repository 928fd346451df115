-- What invoicing software signs in with at the submission server.
create table submission_logins (
  id            text primary key,
  company_id    text not null,
  user_id       text not null references users,
  name          text not null,                 -- which program it is for
  username      text not null unique,
  secret_hash   bytea not null,                -- SHA-256 of 192 random bits
  hint          text not null,                 -- the last four characters
  tracking      text not null check (tracking in ('none', 'links', 'full')),
  attach        boolean not null,              -- the documents travel with the mail
  link          boolean not null,              -- the button to the customer's page and its footer
  own_text      boolean not null,              -- the mail's text; else the template's
  created_at    timestamptz(3) not null,
  last_used_at  timestamptz(3),
  revoked_at    timestamptz(3)
);
create index submission_logins_of_company on submission_logins (company_id, created_at);

-- What came in from other programs, by what makes it the same: a repeated mail or file is answered, not sent again.
create table intakes (
  company_id   text not null,
  key          bytea not null,
  dispatch_id  text,
  created_at   timestamptz(3) not null,
  primary key (company_id, key)
);
create index intakes_old on intakes (created_at);

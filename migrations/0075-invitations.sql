-- A link by which a person joins a company, or sets a new password; its token is kept as a hash.
create table invitations (
  id          text primary key,
  company_id  text not null,
  purpose     text not null check (purpose in ('join', 'reset')),
  email       text not null,
  role        text not null check (role in ('owner', 'member', 'accountant')),
  token_hash  bytea not null unique,
  created_by  text,
  created_at  timestamptz(3) not null,
  expires_at  timestamptz(3) not null,
  used_at     timestamptz(3),
  revoked_at  timestamptz(3)
);
create index invitations_open on invitations (company_id, created_at) where used_at is null and revoked_at is null;

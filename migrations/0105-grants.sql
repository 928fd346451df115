-- What the owner of a mailbox at Google or Microsoft has granted: a refresh token, and the access token that was got by it last.
create table sender_grants (
  sender_id      text primary key,
  company_id     text not null,
  provider       text not null check (provider in ('google', 'microsoft')),
  account        text not null,                 -- the address that the provider named
  scopes         text not null,                 -- separated by spaces, as the provider said it
  refresh_token  bytea,                         -- sealed
  access_token   bytea,                         -- sealed
  access_until   timestamptz(3),
  state          text not null check (state in ('live', 'ended', 'leaving')),
  granted_at     timestamptz(3) not null,
  renewed_at     timestamptz(3) not null,
  lease          text,                          -- who is renewing it just now, so that nobody else does
  lease_until    timestamptz(3),
  tries          integer not null default 0     -- of giving it back
);
create index sender_grants_account on sender_grants (provider, account);

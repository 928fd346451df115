-- Keys that a person's devices hold for signing in (W3C Web Authentication); read before a company is known, by the worker's role only.
create table passkeys (
  id            text primary key,           -- the credential's id, base64url
  user_id       text not null references users,
  name          text not null,
  public_key    bytea not null,             -- COSE
  sign_count    bigint not null default 0,  -- of the authenticator; 0 where it keeps none
  transports    text[] not null default '{}',
  created_at    timestamptz(3) not null,
  last_used_at  timestamptz(3)
);
create index passkeys_user on passkeys (user_id, created_at);
-- Questions that a device has to sign; each is asked once.
create table passkey_challenges (
  challenge   text primary key,             -- base64url, 256 random bits
  user_id     text references users,        -- who registers a key; null: who wants to sign in
  expires_at  timestamptz(3) not null
);

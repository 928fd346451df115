-- The Merkle tree over the log (RFC 6962 §2.1): hashes of whole subtrees of 256 leaves, 256² leaves …, 256 to a row
-- (C2SP tlog-tiles). The row at the right edge of each level is not full yet and is written again when the tree grows.
create table log_tiles (
  level   integer not null check (level between 0 and 7),
  place   bigint not null,
  hashes  bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (level, place)
);

-- How many events are in the tree; locked while it grows.
create table log_tree (
  one   boolean primary key default true check (one),
  size  bigint not null
);
insert into log_tree (size) values (0);

-- Signed heads of the tree (C2SP tlog-checkpoint). Only added to.
create table log_checkpoints (
  size       bigint primary key,
  root       bytea not null check (octet_length(root) = 32),
  note       text not null,
  note_hash  bytea not null unique,             -- SHA-256 of the note: what outgoing mails carry
  made_at    timestamptz(3) not null
);

-- Time stamps (RFC 3161) of checkpoints, by the service that gave them. Only added to.
create table log_stamps (
  size        bigint not null references log_checkpoints,
  service     text not null,
  token       bytea not null,
  stamped_at  timestamptz(3) not null,
  primary key (size, service)
);

-- Fields that were erased: a digest without its value must have a reason.
create index events_of_erasure on events ((data->>'eventId')) where type = 'disclosure.erased';

-- Mailboxes that a sender's owner lets us read for what comes back. Nothing in them is changed.
create table mailboxes (
  sender_id           text primary key,
  company_id          text not null,
  host                text not null,
  port                integer not null,
  security            text not null check (security in ('implicit', 'starttls', 'none')),
  user_name           text,                    -- null: as for sending
  secret              bytea,                   -- sealed; null: the password for sending
  verify_certificate  boolean not null,
  state               text not null check (state in ('unchecked', 'working', 'broken')),
  problem             text,
  checked_at          timestamptz(3),
  uid_validity        bigint,                  -- of the mailbox as it was read last (RFC 3501 §2.3.1.1)
  next_uid            bigint,                  -- where reading goes on
  read_at             timestamptz(3),          -- what came later is read again when the numbering begins anew
  watched_by          text,
  watched_until       timestamptz(3),
  created_at          timestamptz(3) not null
);

-- Receipts of an outside provider that match no dispatch: kept until a person ties one to its message or says that it is of none.
create table untied_receipts (
  id            text primary key,               -- stays its id when it is tied (provider_receipts)
  company_id    text not null,
  provider      text not null,
  kind          text not null check (kind in ('submitted', 'accepted', 'refused', 'expired', 'undeliverable', 'blocked', 'unknown')),
  mail_sha256   text not null,                  -- the mail as it came, in the files store
  pdf_sha256    text,
  verdict       jsonb not null,                 -- {result, signer, issuer, claimedAt, stampedAt, why}
  dkim          jsonb not null,                 -- what checking the signatures of the mail found
  from_address  text not null,
  subject       text not null,
  received_at   timestamptz(3) not null,
  settled_as    text check (settled_as in ('tied', 'found', 'set_aside')),  -- found: the same PDF came again in a mail that named its message
  settled_at    timestamptz(3),
  settled_by    text,
  message_id    text                            -- with tied and found
);
create unique index untied_receipts_once on untied_receipts (company_id, coalesce(pdf_sha256, mail_sha256));
create index untied_receipts_open on untied_receipts (company_id, received_at) where settled_as is null;

-- What a person has said about a receipt.
alter table provider_receipts drop constraint provider_receipts_matched_by_check;
alter table provider_receipts add constraint provider_receipts_matched_by_check check (matched_by in ('message_id', 'address', 'person'));

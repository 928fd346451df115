-- What the DNS said when mails were sent, each answer once: JSON under the SHA-256 of its bytes, to which attempts and events refer.
create table dns_answers (
  company_id  text not null,
  sha256      text not null,
  raw         text not null,
  kept_at     timestamptz(3) not null,
  primary key (company_id, sha256)
);
create index dns_answers_old on dns_answers (company_id, kept_at);
alter table attempts add column dns jsonb;

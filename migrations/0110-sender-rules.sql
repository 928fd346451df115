-- By which rule a company's mails get the address that they go out from; without a row: by the text.
create table sender_rules (
  company_id  text not null primary key,
  rule        text not null check (rule in ('at_send', 'per_user', 'per_kind', 'per_template')),
  changed_at  timestamptz(3) not null
);

-- The addresses of users and of kinds of document; kept while another rule is in force. Texts carry theirs themselves.
create table sender_assignments (
  company_id  text not null,
  rule        text not null check (rule in ('per_user', 'per_kind')),
  subject     text not null,     -- a user's id, or a kind
  sender_id   text not null references senders (id),
  primary key (company_id, rule, subject)
);

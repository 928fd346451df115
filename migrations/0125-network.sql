-- Companies that others of this installation may find and hand documents to.
create table network_listings (
  company_id  text primary key,
  listed_by   text not null,
  listed_at   timestamptz(3) not null
);

-- VAT ids that the operator has confirmed; nobody else can, and each belongs to one company.
create table vat_confirmations (
  vat_id        text primary key,
  company_id    text not null,
  note          text not null default '',            -- what the operator has seen
  confirmed_at  timestamptz(3) not null
);
create index vat_confirmations_of_company on vat_confirmations (company_id);

-- What a listed company is found by. Worked out from its company, domains and confirmations; never written by hand.
create table network_names (
  company_id    text not null,
  name          text not null,                       -- 'vat:BE0123456749', 'domain:bellevue.example'
  proof         text not null check (proof in ('operator', 'dns')),
  company_name  text not null,
  vat_id        text,                                -- what the company says of itself
  primary key (company_id, name)
);
create index network_names_name on network_names (name);

-- The sender's side: a document on its way to another company, and what became of it.
create table hand_overs (
  id            text primary key,
  company_id    text not null,
  dispatch_id   text not null,
  document_id   text not null,
  partner_id    text not null,
  partner_name  text not null,
  name          text not null,                       -- what the partner was found by
  proof         text not null,
  subject       text not null,
  text          text not null,
  condition     jsonb,                               -- what must still hold when it is handed over
  state         text not null check (state in ('waiting', 'delivered', 'accepted', 'rejected', 'failed', 'canceled')),
  problem       text,
  due_at        timestamptz(3) not null,
  delivered_at  timestamptz(3),
  received_id   text,
  decided_at    timestamptz(3),
  reason        text,
  created_at    timestamptz(3) not null
);
create index hand_overs_due on hand_overs (due_at) where state = 'waiting';
create index hand_overs_of_dispatch on hand_overs (dispatch_id);
create index hand_overs_of_received on hand_overs (received_id) where received_id is not null;

-- The receiver's side: what other companies handed over, as a copy of its own.
create table received_documents (
  id              text primary key,
  company_id      text not null,
  from_id         text not null,
  from_name       text not null,
  from_vat_id     text,
  from_names      text[] not null default '{}',      -- what the sending company had proven by then
  series          text not null,                     -- the sender's, to know versions of one document
  version         integer not null,
  kind            text not null,
  number          text,
  issue_date      date,
  due_date        date,
  currency        text,
  total           numeric,
  amount_due      numeric,
  file_name       text not null,
  format          text not null,
  media_type      text not null,
  sha256          text not null,
  bytes           integer not null,
  pdf_sha256      text not null,
  pdf_bytes       integer not null,
  xml_sha256      text,
  xml_bytes       integer,
  pages           integer not null,
  images          jsonb,                             -- pictures of the pages, once somebody has looked
  subject         text not null,
  text            text not null,
  state           text not null check (state in ('new', 'accepted', 'rejected')),
  reason          text,
  decided_at      timestamptz(3),
  decided_by      text,
  decided_by_name text,
  decision_hash   bytea,                             -- of the event in the receiver's own log
  told_at         timestamptz(3),                    -- the decision is in the sender's log since then
  opened_at       timestamptz(3),
  opened_by_name  text,
  replaced_by     text,
  times           integer not null default 1,        -- how often it was handed over
  received_at     timestamptz(3) not null,
  last_at         timestamptz(3) not null,
  unique (company_id, from_id, sha256)
);
create index received_documents_newest on received_documents (company_id, received_at desc, id desc);
create index received_documents_state on received_documents (company_id, state, received_at desc, id desc);
create index received_documents_untold on received_documents (decided_at) where decided_at is not null and told_at is null;

-- Changes of what a company is called are followed from here on: nobody was listed before.
insert into cursors (name, after) select 'network', size from log_head on conflict do nothing;

create table documents (
  id                      text primary key,
  company_id              text not null,
  external_id             text,
  metadata                jsonb not null default '{}',
  kind                    text not null check (kind in ('invoice', 'quote', 'credit_note', 'proforma', 'delivery_note',
                            'work_report', 'order', 'receipt', 'statement', 'other')),
  number                  text,
  issue_date              date,
  due_date                date,
  currency                text,
  total                   numeric,
  amount_due              numeric,
  seller_name             text,
  customer_id             text,
  buyer_name              text,
  buyer_vat_id            text,
  buyer_country           text,
  buyer_language          text,
  buyer_emails            text[] not null default '{}',
  proposed                jsonb not null default '{}',   -- guesses from a plain PDF's text, until a person confirms
  series                  text not null,                 -- id of version 1
  version                 integer not null default 1,
  replaced_by             text,
  format                  text not null,
  file_name               text not null,
  media_type              text not null,
  sha256                  text not null,
  bytes                   integer not null,
  pdf_sha256              text not null,                 -- what a person reads: the file itself, or the PDF made from the XML
  pdf_bytes               integer not null,
  xml_sha256              text,
  xml_bytes               integer,
  pages                   integer not null,
  images                  text not null default 'waiting' check (images in ('waiting', 'ready', 'failed')),
  images_tries            integer not null default 0,
  images_tried_at         timestamptz(3),                -- a process draws them since then
  paid_on                 date,
  paid_amount             numeric,
  disputed_at             timestamptz(3),
  canceled_at             timestamptz(3),
  reminders_paused_until  date,
  created_by              text,
  created_at              timestamptz(3) not null,
  unique (company_id, sha256)
);
create index documents_of_customer on documents (company_id, customer_id, created_at desc);
create index documents_by_external_id on documents (company_id, external_id) where external_id is not null;
create index documents_waiting_for_images on documents (created_at) where images = 'waiting';

create table page_images (
  document_id  text not null,
  page         integer not null,
  company_id   text not null,
  sha256       text not null,
  width        integer not null,
  height       integer not null,
  primary key (document_id, page)
);

-- Files that go along with a mail and are not documents.
create table extra_files (
  id          text primary key,
  company_id  text not null,
  file_name   text not null,
  media_type  text not null,
  sha256      text not null,
  bytes       integer not null,
  created_at  timestamptz(3) not null
);

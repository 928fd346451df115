create table dispatches (
  id               text primary key,
  company_id       text not null,
  external_id      text,
  metadata         jsonb not null default '{}',
  purpose          text not null check (purpose in ('first', 'reminder', 'resend')),
  origin           text not null check (origin in ('manual', 'automatic', 'api')),
  service          text not null default 'standard' check (service in ('standard', 'registered', 'confidential')),
  channels         text[] not null default '{email}',
  other_means      text check (other_means in ('post', 'hand', 'chat', 'phone', 'other')),   -- recorded, not sent by us
  other_note       text,
  sender_id        text,
  sender_reason    text,
  letter_id        text,
  subject          text not null,
  language         text not null,
  attach           boolean not null,
  link             boolean not null,
  tracking         text not null check (tracking in ('none', 'links', 'full')),
  send_at          timestamptz(3),
  undo_until       timestamptz(3),
  resend_of        text,                         -- message whose address was corrected
  created_by       text not null,                -- user or API key
  created_by_name  text not null,
  created_at       timestamptz(3) not null,
  canceled_at      timestamptz(3)
);
create index dispatches_newest on dispatches (company_id, created_at desc, id desc);

create table dispatch_documents (
  dispatch_id  text not null references dispatches,
  document_id  text not null,
  company_id   text not null,
  position     integer not null,
  primary key (dispatch_id, document_id)
);
create index dispatch_documents_of_document on dispatch_documents (document_id);

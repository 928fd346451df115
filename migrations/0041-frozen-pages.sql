-- The customer's page as it was: when the mail left, and each time that something else was served. The bytes lie in the files store,
-- with placeholders where the addresses of one recipient stood, so that the recipients of a dispatch share them.
create table frozen_pages (
  id           text primary key,
  company_id   text not null,
  dispatch_id  text not null,
  message_id   text,                             -- null: as it was when the mails of the dispatch left
  frozen_at    timestamptz(3) not null,
  language     text not null,
  sha256       text not null,
  logo         text,                             -- sha256, as below
  images       jsonb not null                    -- [{document, page, sha256}]
);
create unique index frozen_pages_once on frozen_pages (dispatch_id, coalesce(message_id, ''), sha256);
create index frozen_pages_of_message on frozen_pages (message_id) where message_id is not null;

alter table links add column frozen_at timestamptz(3);   -- when the page of the dispatch was kept
create index links_unfrozen on links (dispatch_id) where frozen_at is null and handed_over_at is not null;

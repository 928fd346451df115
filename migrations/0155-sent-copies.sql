-- A mail that leaves by an account at Google or Microsoft lies in its Sent folder too, with the recipient's picture and link, until that
-- copy is replaced by a clean one.
alter table links add column copied_in_sent boolean not null default false;
alter table links add column copies_cleared_at timestamptz;

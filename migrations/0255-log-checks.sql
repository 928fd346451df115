-- Checks of the whole log, as the workers make them at night and people on demand: when, how far, and the first thing that did not fit.
create table log_checks (
  id        bigint generated always as identity primary key,
  begun_at  timestamptz(3) not null,
  ended_at  timestamptz(3),                     -- null: it is being made, or its process died
  events    bigint,                             -- how many were checked
  covered   bigint,                             -- how many of them the newest checkpoint is signed over
  fault     text,                               -- null: everything held together
  place     bigint,                             -- of what does not fit: its place in the log, the event, which part
  event_id  text,
  part      text
);

-- For figures about the last minutes; block ranges cost the writers next to nothing.
create index attempts_recent on attempts using brin (ended_at);
create index hits_recent on hits using brin (at);

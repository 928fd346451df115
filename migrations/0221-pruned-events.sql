-- What retention has deleted is read from the log, for its report.
create index events_pruned on events (company_id, seq desc) where type = 'evidence.pruned';

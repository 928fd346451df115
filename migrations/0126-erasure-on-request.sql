-- What happens when a recipient asks that what is recorded about him be erased: somebody of the company does it, or it is done at once.
alter table companies add column erasure_on_request text not null default 'ask'
  check (erasure_on_request in ('ask', 'automatic'));

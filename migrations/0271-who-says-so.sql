-- Who says how a delivery at an outside provider stands: a receipt whose signature holds and leads to a root that the company trusts, a mail
-- that nobody signed, or our own mail, which did not reach the provider.
alter table provider_deliveries add column said_by text not null default 'nobody'
  check (said_by in ('nobody', 'signed', 'unsigned', 'message'));
alter table provider_deliveries drop constraint provider_deliveries_state_check;
alter table provider_deliveries add constraint provider_deliveries_state_check
  check (state in ('waiting', 'submitted', 'accepted', 'refused', 'expired', 'undeliverable', 'blocked', 'withdrawn'));

-- A signature of somebody unknown counts no more: a state that rests on it alone goes back to what is known.
update provider_receipts set counted = false where verdict ->> 'result' = 'unknown_root';
update provider_deliveries set state = case when exists (select 1 from provider_receipts
    where provider_receipts.message_id = provider_deliveries.message_id and counted and kind = 'submitted') then 'submitted' else 'waiting' end
where state <> 'waiting' and not exists (select 1 from provider_receipts
  where provider_receipts.message_id = provider_deliveries.message_id and counted and kind = provider_deliveries.state);
update provider_deliveries set said_by = case when exists (select 1 from provider_receipts
    where provider_receipts.message_id = provider_deliveries.message_id and counted and kind = provider_deliveries.state
      and verdict ->> 'result' = 'valid') then 'signed' else 'unsigned' end
where state <> 'waiting';
create index provider_deliveries_open on provider_deliveries (message_id) where state in ('waiting', 'submitted');

import type { Fact } from '#domain/evidence';
import type { Service } from './delivery.ts';
import { incamail } from './incamail/incamail.ts';
import type { NewDeliveries } from './open-deliveries.ts';
import { ownProvider } from './own-provider.ts';
import type { ProviderTx } from './provider.ts';
import { isProviderService, type ProviderService } from './provider-service.ts';

/** The services that a company can have, with us and with outside providers, and how large a mail to those may be. */
export async function offeredBy(
  tx: ProviderTx,
  companyId: string,
): Promise<{ readonly services: readonly (Service | ProviderService)[]; readonly mostBytes: number | null }> {
  const own = await ownProvider.capabilities(tx, companyId);
  const outside = await incamail.capabilities(tx, companyId);
  return {
    services: [...(own?.services ?? []), ...(outside?.services ?? [])],
    mostBytes: outside?.mostBytes ?? null,
  };
}

/** Gives the messages of a dispatch to the provider of its service, in the transaction that makes them. Returns the facts to be recorded. */
export function handOverTo(
  tx: ProviderTx,
  { service, ...of }: NewDeliveries<Service | ProviderService>,
  now: Date,
): Promise<Fact[]> {
  return isProviderService(service)
    ? incamail.submit(tx, { ...of, service }, now)
    : ownProvider.submit(tx, { ...of, service }, now);
}

import type { OwnInstallation } from '../world.ts';

/** Writes a change of a key on the chain of every company and returns how many there are. */
export async function recordOnEveryChain(
  { database, clock }: OwnInstallation,
  data: Readonly<Record<string, string>>,
): Promise<number> {
  const { listCompanyIds } = await import('#domain/accounts');
  const { record } = await import('#domain/evidence');
  const { asWorker } = await import('#stores/database');
  return asWorker(database, async (tx) => {
    const ids = await listCompanyIds(tx);
    const fact = { type: 'key.rotated', at: clock(), actor: 'system', data } as const;
    await record(
      tx,
      ids.map((companyId) => ({ ...fact, companyId })),
    );
    return ids.length;
  });
}

import { type AskedDns, type FrozenDns, freezeDns } from '#mail/dns';
import type { KeptPolicy } from './limit-table.ts';

/** Freezes what the DNS said about the way to a domain; `policy` null: it has none, absent: it was not asked for. */
export type FreezeRoute = (
  domain: string,
  asked: readonly AskedDns[],
  policy?: KeptPolicy | null,
) => FrozenDns;

/** Freezes each answer once: as long as the store of answers gives the same one, all mails to the domain share the frozen bytes. */
export function makeFreezeRoute(): FreezeRoute {
  const known = new WeakMap<object, { readonly policy: string; readonly frozen: FrozenDns }>();
  return (domain, asked, policy) => {
    const mtaSts = policy && {
      id: policy.id,
      mode: policy.mode,
      mx: policy.mx,
      until: policy.expiresAt.toISOString(),
    };
    const about = JSON.stringify([domain, mtaSts]);
    const [first] = asked;
    const kept = first && known.get(first.answer);
    if (kept?.policy === about) return kept.frozen;
    const frozen = freezeDns({ about: 'route', domain, mtaSts }, asked);
    if (first) known.set(first.answer, { policy: about, frozen });
    return frozen;
  };
}

import type { ProviderSender } from '../sender.ts';
import { type CheckDeps, type CheckOrder, nothingDialed, type SenderCheck } from '../sender-check.ts';
import { tryServer } from '../try-server.ts';
import { withAccessToken } from './access-token.ts';
import { providerSmtp, wasTokenRefused } from './provider-smtp.ts';

/** Gets an access token and speaks to the provider's server as a dispatch would; sends a test mail where one is wanted. */
export async function checkProviderSender(
  deps: CheckDeps,
  sender: ProviderSender,
  order: CheckOrder,
  testTo: string | null,
): Promise<SenderCheck> {
  const provider = deps.providers[sender.method];
  if (!provider) return { ...nothingDialed, problem: 'provider_not_set_up' };
  const test = testTo === null ? null : { to: testTo, sender, order };
  const tried = await withAccessToken(
    deps,
    order,
    (token, account) =>
      tryServer(providerSmtp(deps, provider, { account, token }), sender.address, deps.now, test),
    (check) => wasTokenRefused(check.steps.at(-1)?.problem),
  );
  return tried.ok ? tried.result : { ...nothingDialed, problem: tried.problem };
}

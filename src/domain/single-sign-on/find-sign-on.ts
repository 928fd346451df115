import { findUser, invitedTo, listMemberships } from '#domain/accounts';
import { companiesWithDomain } from '#domain/senders';
import { domainOf, parseAddress } from '#mail/address';
import { asWorker } from '#stores/database';
import type { SignOnDeps } from './set-up.ts';
import { selectWelcoming, selectWithSignOn } from './single-sign-on-table.ts';

/**
 * By which company's single sign-on an address may come in: where it belongs, else where it was invited, else whose proved domain it is at.
 * Null for all others.
 */
export function findSignOn(deps: SignOnDeps, typed: string): Promise<string | null> {
  const address = parseAddress(typed);
  if (!address.ok) return Promise.resolve(null);
  const email = address.address.address;
  return asWorker(deps.database, async (tx) => {
    const user = await findUser(tx, email);
    const own = user ? (await listMemberships(tx, user.id)).map((one) => one.companyId) : [];
    const invited = await invitedTo(tx, email, deps.now());
    const [first] = await selectWithSignOn(tx, [...own, ...invited]);
    return first ?? selectWelcoming(tx, await companiesWithDomain(tx, domainOf(email)));
  });
}

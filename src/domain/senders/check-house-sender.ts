import { domainOf, normaliseAddress } from '#mail/address';
import { findDmarc } from '#mail/dns';
import { inCompany } from '#stores/database';
import { checkDomain } from './domains/check-domain.ts';
import { returnDomain } from './domains/domain.ts';
import { getDomain } from './domains/read-domains.ts';
import type { HouseSender, SenderProblem } from './sender.ts';
import { type CheckDeps, type CheckOrder, nothingDialed, type SenderCheck } from './sender-check.ts';
import { carryTestMail } from './test-mail.ts';

/**
 * Finds out whether a sender that leaves through the installation may send: the records of its domain, or what DMARC asks for an
 * address that is not authenticated; then sends a test mail where one is wanted. A test mail can fail because of its recipient, so
 * only what is known of the sender decides.
 */
export async function checkHouseSender(
  deps: CheckDeps,
  sender: HouseSender,
  order: CheckOrder,
  testTo: string | null,
): Promise<SenderCheck> {
  const problem = await problemOf(deps, sender, order);
  if (problem || testTo === null) return { ...nothingDialed, works: problem === null, problem };
  const domain = sender.method === 'domain' ? domainOf(sender.address) : deps.house.platformDomain;
  const mail = {
    sender,
    to: testTo,
    language: order.language ?? 'en',
    from: normaliseAddress(`test@${returnDomain(domain)}`),
    signers: await deps.signers(sender, deps.now()),
  } as const;
  return { ...nothingDialed, works: true, testMail: await carryTestMail(deps.carry, mail, deps.now()) };
}

async function problemOf(
  deps: CheckDeps,
  sender: HouseSender,
  order: CheckOrder,
): Promise<SenderProblem | null> {
  if (deps.house.delivery.kind === 'none') return 'platform_not_set_up';
  if (sender.method === 'platform') return null;
  const name = domainOf(sender.address);
  if (sender.method === 'open') return problemOfOpen(deps, name);
  const domain = await inCompany(deps.database, sender.companyId, (tx) =>
    getDomain(tx, sender.companyId, { name }),
  );
  if (!domain) return 'domain_not_verified';
  const ref = { companyId: sender.companyId, domainId: domain.id, actor: order.actor };
  const checked = await checkDomain(deps, ref);
  const sends = checked.ok && (checked.domain.state === 'valid' || checked.domain.state === 'warning');
  return sends ? null : 'domain_not_verified';
}

/** What keeps mail from a domain that does not authenticate it: its own policy, or that nobody can be asked for that. */
export async function problemOfOpen(
  { ownDns }: Pick<CheckDeps, 'ownDns'>,
  domain: string,
): Promise<'dns_failed' | 'dmarc_refuses' | null> {
  const dmarc = await findDmarc(ownDns(), domain);
  if (dmarc.kind === 'failed') return 'dns_failed';
  return dmarc.kind === 'found' && dmarc.policy !== 'none' ? 'dmarc_refuses' : null;
}

import type { Clock } from '#base/time';
import { type Fact, record } from '#domain/evidence';
import { inCompany } from '#stores/database';
import { checkHouseSender } from './check-house-sender.ts';
import { checkProviderSender } from './grants/check-provider-sender.ts';
import { markSender } from './mark-sender.ts';
import { passesByItself } from './passing.ts';
import { getSender } from './read-senders.ts';
import { isHouseSender, isProviderSender, type Refused, type Sender, type SenderRefusal } from './sender.ts';
import { type CheckDeps, type CheckOrder, nothingDialed, type SenderCheck } from './sender-check.ts';
import { readAddress, readPassword, readSettings, type SmtpSettingsInput } from './sender-input.ts';
import { openSmtpAccess, type SmtpDeps, smtpOptions } from './smtp-access.ts';
import { tryServer } from './try-server.ts';

export type Checked =
  | { readonly ok: true; readonly check: SenderCheck; readonly sender: Sender }
  | Refused<'not_found' | 'address_invalid'>;

/**
 * Speaks to the sender's server as a dispatch would, up to its own address in MAIL FROM, and writes down what was found,
 * unless settings were changed meanwhile. A hitch that passes by itself does not break a sender that was valid.
 */
export async function checkSender(deps: CheckDeps, order: CheckOrder): Promise<Checked> {
  const to = order.sendTestTo === undefined ? null : readAddress(order.sendTestTo, 'address_invalid');
  if (to && !to.ok) return { ok: false, reason: 'address_invalid' };
  const { sender, access } = await inCompany(deps.database, order.companyId, async (tx) => ({
    sender: await getSender(tx, order.companyId, order.senderId),
    access: await openSmtpAccess(tx, deps, order),
  }));
  if (!sender || sender.deletedAt) return { ok: false, reason: 'not_found' };
  if (sender.method === 'sandbox') return { ok: true, check: { ...nothingDialed, works: true }, sender };
  if (sender.problem === 'address_not_confirmed')
    return { ok: true, check: { ...nothingDialed, problem: sender.problem }, sender };
  if (isHouseSender(sender)) {
    const found = await checkHouseSender(deps, sender, order, to?.value ?? null);
    return { ok: true, check: found, sender: await writeDown(deps, order, sender, found) };
  }
  if (isProviderSender(sender)) {
    const found = await checkProviderSender(deps, sender, order, to?.value ?? null);
    return { ok: true, check: found, sender: await writeDown(deps, order, sender, found) };
  }
  const check = access.ok
    ? await tryServer(access.options, sender.address, deps.now, to && { to: to.value, sender, order })
    : { ...nothingDialed, problem: access.reason === 'not_found' ? null : access.reason };
  return { ok: true, check, sender: await writeDown(deps, order, sender, check) };
}

/** Settings that are not saved yet, as the settings screen has them. */
export interface CandidateSettings {
  readonly address: string;
  readonly settings: SmtpSettingsInput;
  readonly password?: string;
}

/** Tries settings before they are saved; changes nothing. Refuses what `createSender` would refuse. */
export async function checkCandidate(
  deps: SmtpDeps & { readonly now: Clock },
  candidate: CandidateSettings,
): Promise<{ readonly ok: true; readonly check: SenderCheck } | Refused<SenderRefusal>> {
  const address = readAddress(candidate.address, 'address_invalid');
  if (!address.ok) return address;
  const settings = readSettings(candidate.settings, deps.hostPolicy);
  if (!settings.ok) return settings;
  const password = settings.value.user === null ? null : readPassword(candidate.password ?? '');
  if (password && !password.ok) return password;
  const options = smtpOptions(deps, settings.value, password?.value ?? '');
  return { ok: true, check: await tryServer(options, address.value, deps.now, null) };
}

/** Returns the sender as it is afterwards. */
async function writeDown(
  deps: CheckDeps,
  order: CheckOrder,
  tried: Sender,
  check: SenderCheck,
): Promise<Sender> {
  return inCompany(deps.database, order.companyId, async (tx) => {
    const facts: Fact[] = [];
    const present = await getSender(tx, order.companyId, order.senderId);
    const isSame =
      present?.method === 'smtp' && tried.method === 'smtp'
        ? present.revision === tried.revision
        : present?.address === tried.address;
    const problem = check.problem ?? 'protocol_error';
    const isHitch = present?.state === 'valid' && passesByItself.has(problem);
    if (isSame && (check.works || !isHitch)) {
      const finding = check.works ? ({ works: true } as const) : ({ works: false, problem } as const);
      facts.push(...(await markSender(tx, order, finding, order.actor, deps.now())));
    }
    const after = (await getSender(tx, order.companyId, order.senderId)) ?? tried;
    await record(tx, facts);
    return after;
  });
}

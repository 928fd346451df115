import { sealSecret } from '#base/crypto';
import { after, second } from '#base/time';
import { record } from '#domain/evidence';
import { normaliseAddress } from '#mail/address';
import { asWorker, inCompany } from '#stores/database';
import { getSender } from '../read-senders.ts';
import type { ProviderSender } from '../sender.ts';
import { isProviderSender } from '../sender.ts';
import {
  type Consent,
  consentUrl,
  exchangeCode,
  type Granted,
  newConsent,
  revokeToken,
} from './ask-provider.ts';
import { type GrantRef, tokenPurpose } from './grant.ts';
import type { GrantDeps } from './grant-deps.ts';
import { countOthers, saveGrant } from './grant-table.ts';
import { holds, mayOpenMailbox, type Provider, type ProviderName } from './provider.ts';

export type ConnectRefusal =
  | 'not_found'
  | 'provider_not_set_up'
  /** The person said no at the provider. */
  | 'consent_refused'
  /** Consent was given, but sending was unticked. */
  | 'consent_incomplete'
  /** Another account than the sender's address was chosen there. */
  | 'other_account'
  | 'app_refused'
  /** State, nonce or the answer itself is not what was begun here, or the provider does not answer. */
  | 'connect_failed';

export type Begun =
  | { readonly ok: true; readonly url: string; readonly consent: Consent }
  | { readonly ok: false; readonly reason: 'not_found' | 'provider_not_set_up' };

/** Where to send the browser so that the owner of the mailbox can consent; `consent` must come back with him. */
export async function beginConnecting(deps: GrantDeps, ref: GrantRef, publicUrl: string): Promise<Begun> {
  const found = await findSender(deps, ref);
  if (!found.ok) return found;
  const { sender, provider } = found;
  const consent = newConsent();
  const redirectUri = redirectUriOf(publicUrl, provider.name);
  const ask = { redirectUri, account: sender.address, mailbox: sender.usesMailbox };
  return { ok: true, consent, url: await consentUrl(provider, consent, ask) };
}

/** The address that the operator registers at the provider; one for each of them (RFC 9700 §4.4.2.2). */
export function redirectUriOf(publicUrl: string, provider: ProviderName): string {
  return `${publicUrl}/settings/senders/connected/${provider}`;
}

export type Connected =
  | { readonly ok: true; readonly sender: ProviderSender; readonly opensMailbox: boolean }
  | { readonly ok: false; readonly reason: ConnectRefusal; readonly message: string };

/**
 * Takes what the provider sent the browser back with, and keeps the grant. The account must be the sender's address: otherwise
 * nothing is kept, and the new grant is given back where nobody else lives on it. Network, so never inside a transaction.
 */
export async function finishConnecting(
  deps: GrantDeps,
  ref: GrantRef & { readonly by: string },
  back: {
    readonly consent: Consent;
    readonly parameters: URLSearchParams;
    readonly publicUrl: string;
    readonly provider: string;
  },
): Promise<Connected> {
  const found = await findSender(deps, ref);
  if (!found.ok) return { ...found, message: '' };
  const { sender, provider } = found;
  if (back.provider !== provider.name) return refuse('connect_failed', 'another provider answered');
  const redirectUri = redirectUriOf(back.publicUrl, provider.name);
  const asked = await exchangeCode(provider, back.consent, { parameters: back.parameters, redirectUri });
  if (!asked.ok) {
    const saidNo = /^(access_denied|consent_required)/.test(asked.message);
    return refuse(
      saidNo ? 'consent_refused' : asked.kind === 'app' ? 'app_refused' : 'connect_failed',
      asked.message,
    );
  }
  const granted = asked.value;
  const wrong = whatIsWrong(provider, sender, granted);
  if (wrong) {
    await giveBack(deps, provider, granted);
    return refuse(wrong, granted.accounts[0]);
  }
  const opensMailbox = await keep(deps, ref, { provider, sender, granted });
  return { ok: true, sender, opensMailbox };
}

function whatIsWrong(provider: Provider, sender: ProviderSender, granted: Granted): ConnectRefusal | null {
  const names = granted.accounts.map((one) => normaliseAddress(one).toLowerCase());
  if (!names.includes(sender.address.toLowerCase())) return 'other_account';
  return granted.scopes !== null && !holds(granted.scopes, provider.scopes.send)
    ? 'consent_incomplete'
    : null;
}

async function keep(
  deps: GrantDeps,
  ref: GrantRef & { readonly by: string },
  { provider, sender, granted }: { provider: Provider; sender: ProviderSender; granted: Granted },
): Promise<boolean> {
  const now = deps.now();
  const asked = [...provider.scopes.send, ...(sender.usesMailbox ? provider.scopes.mailbox : [])];
  const scopes = granted.scopes ?? asked.join(' ');
  const opensMailbox = sender.usesMailbox && mayOpenMailbox(provider, scopes);
  const seal = (which: 'refresh' | 'access', token: string) =>
    sealSecret(deps.key, tokenPurpose(ref.senderId, which), token);
  await inCompany(deps.database, ref.companyId, async (tx) => {
    await saveGrant(tx, {
      sender_id: ref.senderId,
      company_id: ref.companyId,
      provider: provider.name,
      account: sender.address.toLowerCase(),
      scopes,
      refresh_token: seal('refresh', granted.refresh),
      access_token: seal('access', granted.access),
      access_until: after(now, granted.secondsLeft * second),
      state: 'live',
      granted_at: now,
      renewed_at: now,
    });
    const data = { sender: ref.senderId, provider: provider.name, mailbox: opensMailbox, by: ref.by };
    await record(tx, [
      { type: 'sender.account_granted', companyId: ref.companyId, at: now, actor: 'user', data },
    ]);
  });
  return opensMailbox;
}

/** Google ends all grants of an account to this app with one of them: where another sender lives on it, it stays. */
async function giveBack(deps: GrantDeps, provider: Provider, granted: Granted): Promise<void> {
  const of = { provider: provider.name, account: granted.accounts[0].toLowerCase(), sender_id: '' };
  if (!provider.revokeUrl || (await asWorker(deps.database, (tx) => countOthers(tx, of))) > 0) return;
  await revokeToken(provider, granted.refresh);
}

type Found =
  | { readonly ok: true; readonly sender: ProviderSender; readonly provider: Provider }
  | { readonly ok: false; readonly reason: 'not_found' | 'provider_not_set_up' };

async function findSender(deps: GrantDeps, ref: GrantRef): Promise<Found> {
  const sender = await inCompany(deps.database, ref.companyId, (tx) =>
    getSender(tx, ref.companyId, ref.senderId),
  );
  if (!sender || sender.deletedAt || !isProviderSender(sender)) return { ok: false, reason: 'not_found' };
  const provider = deps.providers[sender.method];
  return provider ? { ok: true, sender, provider } : { ok: false, reason: 'provider_not_set_up' };
}

function refuse(reason: ConnectRefusal, message: string): Connected {
  return { ok: false, reason, message };
}

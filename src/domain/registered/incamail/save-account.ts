import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import {
  changeSender,
  createSender,
  type SenderDeps,
  type SenderRefusal,
  type SenderTables,
  type SmtpSettingsInput,
} from '#domain/senders';
import type { Tx } from '#stores/database';
import { type ProviderTables, selectAccount, upsertAccount } from '../provider-table.ts';
import {
  type IncamailAccount,
  type IncamailInput,
  type IncamailProblem,
  incamailProblems,
  normalPlaces,
  toAccount,
} from './account.ts';

type SaveTx = Tx<ProviderTables & SenderTables & EvidenceTables>;

export type IncamailSaved =
  | { readonly ok: true; readonly account: IncamailAccount }
  | { readonly ok: false; readonly problems: readonly (IncamailProblem | AccessProblem)[] };

/** What is wrong with address, server, user or password. */
export interface AccessProblem {
  readonly path: 'address' | 'host' | 'port' | 'user' | 'password';
  readonly reason: SenderRefusal;
}

/** The company's account with IncaMail, switched on or off; null where none was set up. */
export async function getIncamail(
  tx: Tx<ProviderTables>,
  companyId: string,
): Promise<IncamailAccount | null> {
  const row = await selectAccount(tx, companyId, 'incamail');
  return row ? toAccount(row) : null;
}

/**
 * Sets the account up or changes it; the password is sealed as that of every sender, and stays where none is given. Refuses, with all
 * that is wrong, what cannot be dialed or means nothing. Records which fields changed, and never their values.
 */
export async function saveIncamail(
  tx: SaveTx,
  deps: SenderDeps,
  of: { readonly companyId: string; readonly actor: Actor; readonly by: string },
  input: IncamailInput,
  now: Date,
): Promise<IncamailSaved> {
  const given = {
    ...input,
    receiptsFrom: normalPlaces(input.receiptsFrom),
    suffix: input.suffix.trim().toLowerCase(),
    headerName: input.headerName.trim(),
    roots: input.roots.trim(),
  };
  const problems = incamailProblems(given);
  if (problems.length > 0) return { ok: false, problems };
  const before = await selectAccount(tx, of.companyId, 'incamail');
  const sender = await saveSender(tx, deps, { ...of, senderId: before?.sender_id ?? null }, given, now);
  if (!sender.ok) return { ok: false, problems: [accessProblem(sender.reason)] };
  const row = {
    ...{ company_id: of.companyId, provider: 'incamail' as const, is_active: given.isActive },
    ...{ sender_id: sender.sender.id, marking: given.marking, header_name: given.headerName },
    ...{ suffix: given.suffix, receipts_from: given.receiptsFrom, roots: given.roots },
    ...{ max_bytes: given.mostBytes, changed_at: now },
  };
  await upsertAccount(tx, row);
  const fields = Object.entries(row).flatMap(([name, value]) =>
    name !== 'changed_at' && JSON.stringify(value) !== JSON.stringify(before?.[name as 'marking'])
      ? [name]
      : [],
  );
  const data = { provider: 'incamail', isActive: given.isActive, fields: fields.sort(), by: of.by };
  await record(tx, [
    { type: 'provider.configured', companyId: of.companyId, at: now, actor: of.actor, data },
  ]);
  return { ok: true, account: toAccount(row) };
}

function saveSender(
  tx: SaveTx,
  deps: SenderDeps,
  of: { readonly companyId: string; readonly actor: Actor; readonly senderId: string | null },
  input: IncamailInput,
  now: Date,
) {
  const settings: SmtpSettingsInput = {
    host: input.host,
    port: input.port,
    security: input.security,
    user: input.user,
    verifyCertificate: input.verifyCertificate,
  };
  const { address } = input;
  const password = input.password || undefined;
  if (of.senderId)
    return changeSender(
      tx,
      deps,
      { companyId: of.companyId, senderId: of.senderId },
      { address, settings, ...(password ? { password } : {}) },
      of.actor,
      now,
    );
  const sender = { companyId: of.companyId, method: 'smtp' as const, address, settings, password };
  return createSender(tx, deps, { ...sender, provider: 'incamail' }, of.actor, now);
}

function accessProblem(reason: SenderRefusal): AccessProblem {
  const path = /^(address|host|port|user|password)/.exec(reason)?.[1] as AccessProblem['path'] | undefined;
  return { path: path ?? 'host', reason };
}

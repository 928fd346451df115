import { sealSecret } from '#base/crypto';
import type { SenderDeps } from './new-sender.ts';
import { type SmtpSettings, secretPurpose, type TlsPolicy } from './sender.ts';
import {
  passwordMayStay,
  type Read,
  readPassword,
  readSettings,
  type SmtpSettingsInput,
} from './sender-input.ts';
import type { SenderLimitsInput } from './sender-limits.ts';
import type { SenderRow } from './sender-table.ts';

export interface SenderChange {
  readonly name?: string;
  readonly address?: string;
  readonly replyTo?: string | null;
  /** Fields that are left out stay as they are. */
  readonly settings?: Partial<SmtpSettingsInput>;
  /** Of senders that leave through the installation itself. */
  readonly tls?: TlsPolicy;
  /** In the place of those before. */
  readonly limits?: SenderLimitsInput;
  /** Of an account at Google or Microsoft: whether its mailbox may be opened. */
  readonly usesMailbox?: boolean;
  /** Left out: the password stays, unless host or user change. */
  readonly password?: string;
}

/** A broken one stays so until a check says otherwise: what is held for it must not go out on a guess. */
export function toBeChecked(row: SenderRow): Partial<SenderRow> {
  return row.method !== 'sandbox' && row.state === 'valid' ? { state: 'unchecked', checked_at: null } : {};
}

export function readAccess(row: SenderRow, change: SenderChange, deps: SenderDeps): Read<Partial<SenderRow>> {
  if (row.method === 'google' || row.method === 'microsoft')
    return { ok: true, value: readUsesMailbox(row, change) };
  if (row.method !== 'smtp' && change.tls !== undefined) return readTls(row, change.tls);
  if (change.settings === undefined && change.password === undefined) return { ok: true, value: {} };
  if (row.method !== 'smtp' || row.settings.host === undefined)
    return { ok: false, reason: 'sandbox_is_fixed' };
  const before: SmtpSettings = row.settings;
  const settings = readSettings({ ...before, ...given(change.settings ?? {}) }, deps.hostPolicy);
  if (!settings.ok) return settings;
  const after = settings.value;
  const changed = JSON.stringify(after) !== JSON.stringify(before);
  const withSettings = changed ? { settings: after, ...toBeChecked(row) } : {};
  if (after.user === null)
    return { ok: true, value: row.secret ? { ...withSettings, secret: null } : withSettings };
  if (change.password !== undefined) {
    const password = readPassword(change.password);
    if (!password.ok) return password;
    const secret = sealSecret(deps.key, secretPurpose(row.id), password.value);
    return { ok: true, value: { ...withSettings, ...toBeChecked(row), secret } };
  }
  if (!row.secret) return { ok: false, reason: 'password_missing' };
  if (!passwordMayStay(before, after)) return { ok: false, reason: 'password_needed_again' };
  return { ok: true, value: withSettings };
}

function readUsesMailbox(row: SenderRow, { usesMailbox }: SenderChange): Partial<SenderRow> {
  const before = row.settings.host === undefined && row.settings.usesMailbox === true;
  return usesMailbox === undefined || usesMailbox === before ? {} : { settings: { usesMailbox } };
}

function readTls(row: SenderRow, tls: TlsPolicy): Read<Partial<SenderRow>> {
  if (row.method === 'sandbox') return { ok: false, reason: 'sandbox_is_fixed' };
  const before = row.settings.host === undefined ? (row.settings.tls ?? 'opportunistic') : null;
  return { ok: true, value: before === tls ? {} : { settings: { tls } } };
}

/** A field that is present without a value was not given. */
function given(settings: Partial<SmtpSettingsInput>): Partial<SmtpSettingsInput> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

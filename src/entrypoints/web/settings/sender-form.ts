import type {
  NewSender,
  Sender,
  SenderChange,
  SenderCheck,
  SenderLimits,
  SenderRefusal,
  SmtpGuess,
  SmtpSettingsInput,
} from '#domain/senders';
import { isHouseSender, isProviderSender, tlsPolicies } from '#domain/senders';
import type { Errors, View } from '../kit/index.ts';
import type { SendersModel } from '../screens/settings-senders-model.ts';
import type { PostedForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';

type Editing = NonNullable<SendersModel['editing']>;
export type SenderValues = Editing['values'];

/** The form for a new sender: the person's own name and address, and the server that they make likely. */
export function newValues(
  method: SenderValues['method'],
  user: { readonly name: string; readonly email: string },
  guess: SmtpGuess | null,
): SenderValues {
  const empty: SenderValues = {
    method,
    name: user.name,
    address: user.email,
    replyTo: '',
    host: '',
    port: '465',
    security: 'implicit',
    user: '',
    tls: 'opportunistic',
    via: null,
    ...{ perMinute: '', perHour: '', perDay: '' },
    hasPassword: false,
    verifyCertificate: true,
    isDefault: true,
  };
  return guess && method === 'smtp' ? withGuess(empty, guess) : empty;
}

export function withGuess(values: SenderValues, guess: SmtpGuess): SenderValues {
  const { host, port, security, user } = guess;
  // The address itself goes without saying: with it filled in, a server without sign-in would seem to want a password.
  return { ...values, host, port: String(port), security, user: user === values.address ? '' : user };
}

/** The form for another address beside a sender: at its domain, or through its server. */
export function valuesLike(sender: Sender): SenderValues {
  const at = sender.address.slice(sender.address.lastIndexOf('@'));
  const via = sender.method === 'smtp' ? { id: sender.id, address: sender.address } : null;
  return { ...valuesOf(sender, false), name: '', address: at, replyTo: '', via, isDefault: false };
}

/** The form for one that exists; its password never comes back. While all stays in the sandbox, it is proposed as the default. */
export function valuesOf(sender: Sender, isSandboxed: boolean, main: Sender | null = null): SenderValues {
  const smtp = sender.method === 'smtp' ? sender : null;
  return {
    method: sender.method,
    name: sender.name,
    address: sender.address,
    replyTo: sender.replyTo ?? '',
    host: smtp?.settings.host ?? '',
    port: smtp ? String(smtp.settings.port) : '',
    security: smtp?.settings.security ?? 'implicit',
    user: smtp?.settings.user ?? '',
    tls: isHouseSender(sender) ? sender.tls : 'opportunistic',
    via: main ? { id: main.id, address: main.address } : null,
    perMinute: String(sender.limits.perMinute ?? ''),
    perHour: String(sender.limits.perHour ?? ''),
    perDay: String(sender.limits.perDay ?? ''),
    hasPassword: smtp?.hasPassword ?? false,
    usesMailbox: isProviderSender(sender) && sender.usesMailbox,
    verifyCertificate: smtp?.settings.verifyCertificate ?? true,
    isDefault: sender.isDefault || isSandboxed,
  };
}

const securities = ['implicit', 'starttls', 'opportunistic', 'none'] as const;

/** What was typed; `before` knows the method and whether a password is stored. */
export function readValues(
  form: PostedForm,
  before: Pick<SenderValues, 'method' | 'hasPassword' | 'via'>,
): SenderValues {
  const text = (name: string): string => form.text(name).trim();
  return {
    ...before,
    name: text('name'),
    address: text('address'),
    replyTo: text('replyTo'),
    host: text('host'),
    port: text('port'),
    security: securities.find((one) => one === text('security')) ?? 'implicit',
    user: text('user'),
    tls: tlsPolicies.find((one) => one === text('tls')) ?? 'opportunistic',
    verifyCertificate: form.has('verifyCertificate'),
    perMinute: text('perMinute'),
    perHour: text('perHour'),
    perDay: text('perDay'),
    usesMailbox: form.has('usesMailbox'),
    isDefault: form.has('isDefault'),
  };
}

export function toNewSender(companyId: string, values: SenderValues, password: string): NewSender {
  const { method, name, address, tls } = values;
  const limits = limitsOf(values);
  const identity = { companyId, method, name, address, limits, replyTo: values.replyTo || null };
  if (values.via && method === 'smtp') return { ...identity, viaSenderId: values.via.id };
  if (method === 'google' || method === 'microsoft') return { ...identity, usesMailbox: values.usesMailbox };
  return method === 'smtp'
    ? { ...identity, settings: toSettings(values, password), password }
    : { ...identity, tls };
}

/** An empty password leaves the stored one. */
export function toChange(values: SenderValues, password: string): SenderChange {
  const { name, address, tls, method } = values;
  const identity = { name, ...(method === 'platform' ? {} : { address }), replyTo: values.replyTo || null };
  if (method === 'sandbox') return identity;
  const limited = { ...identity, limits: limitsOf(values) };
  if (values.via) return limited;
  if (method === 'google' || method === 'microsoft') return { ...limited, usesMailbox: values.usesMailbox };
  if (method !== 'smtp') return { ...limited, tls };
  return { ...limited, settings: toSettings(values, password), password: password || undefined };
}

export function limitsOf({ perMinute, perHour, perDay }: SenderValues): SenderLimits {
  const count = (text: string): number | null =>
    text === '' ? null : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return { perMinute: count(perMinute), perHour: count(perHour), perDay: count(perDay) };
}

/** A password without a user is that of the address, as the form says. */
function toSettings(values: SenderValues, password: string): SmtpSettingsInput {
  const { host, port, security, address, verifyCertificate } = values;
  const user = values.user || (password ? address : '');
  return {
    host,
    port: /^\d{1,6}$/.test(port) ? Number(port) : Number.NaN,
    security,
    user: user || null,
    verifyCertificate,
  };
}

const fields: Partial<Record<SenderRefusal, string>> = {
  address_invalid: 'address',
  domain_not_added: 'address',
  account_is_fixed: 'address',
  name_invalid: 'name',
  reply_to_invalid: 'replyTo',
  host_invalid: 'host',
  host_not_allowed: 'host',
  port_invalid: 'port',
  limit_invalid: 'perMinute',
  user_invalid: 'user',
  password_missing: 'password',
  password_invalid: 'password',
  password_needed_again: 'password',
};

export function refusalErrors(view: View, reason: SenderRefusal): Errors {
  return { [fields[reason] ?? '']: wrong(view, reason) };
}

/** The field at which a failed test is said, so that the eye finds what to mend. */
export function fieldOfProblem(problem: NonNullable<SenderCheck['problem']>): string {
  return problemFields[problem] ?? '';
}

const problemFields: Partial<Record<NonNullable<SenderCheck['problem']>, string>> = {
  host_not_found: 'host',
  dns_failed: 'host',
  host_not_allowed: 'host',
  connection_refused: 'port',
  connection_timeout: 'host',
  blocked_port: 'port',
  protocol_error: 'port',
  tls_not_offered: 'security',
  tls_failed: 'security',
  tls_wrong_mode: 'security',
  tls_required: 'security',
  certificate_invalid: 'host',
  certificate_expired: 'host',
  certificate_name: 'host',
  auth_needs_tls: 'security',
  no_greeting: 'port',
  answer_timeout: 'host',
  closed_by_server: 'port',
  network_unreachable: 'host',
  wrong_password: 'password',
  app_password_needed: 'password',
  secret_unreadable: 'password',
  auth_required: 'user',
  relay_denied: 'user',
  auth_not_offered: 'user',
  auth_refused: 'user',
  auth_disabled: 'user',
  submission_disabled: 'user',
  sender_not_allowed: 'address',
  domain_not_verified: 'address',
  dmarc_refuses: 'address',
};

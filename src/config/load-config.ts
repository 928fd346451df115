import { resolve } from 'node:path';
import { type Role, type Values, variables } from './variables.ts';

/** What a process has been told about itself and its surroundings, checked and complete. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** Origin for staff, without a slash at its end. */
  readonly publicUrl: string;
  /** Origin for customers. */
  readonly portalUrl: string;
  /** Absolute path. */
  readonly dataFolder: string;
  /** Null: the built-in database. */
  readonly databaseUrl: string | null;
  /** Null: files in the data folder. */
  readonly s3: {
    readonly url: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  } | null;
  readonly roles: ReadonlySet<Role>;
  /** Null: the key in the data folder; `readSecretKey` knows both. */
  readonly secretKey: Uint8Array | null;
  readonly smtp:
    | { readonly kind: 'sandbox' }
    | { readonly kind: 'direct' }
    | { readonly kind: 'relay'; readonly url: string };
  readonly platformDomain: string;
  readonly mailHost: string;
  readonly publicIps: readonly string[];
  /** Paths of PEM files; null: self-signed. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly trustedProxies: readonly string[];
  readonly smtpInPort: number;
  readonly submissionPort: number;
  readonly submissionTlsPort: number;
  readonly dnsServers: readonly string[];
  readonly mxPort: number;
  /** File with the rules on hits; null: those that come along. */
  readonly hitRules: string | null;
  /** The operator's service for text messages. */
  readonly textGateway: {
    readonly url: string;
    readonly token: string | null;
    readonly body: string;
  } | null;
  /** Absolute path of the watched folder, or null. */
  readonly watchFolder: string | null;
  /** Whether servers in private networks may be dialed. */
  readonly privateHosts: Values['ENVOI_PRIVATE_HOSTS'];
  /** Whether webhooks may go to private networks and without TLS. */
  readonly webhookHosts: Values['ENVOI_WEBHOOK_HOSTS'];
  readonly timeStampUrls: readonly string[];
  /** Of a document or an extra file, at most. */
  readonly fileBytes: number;
  readonly logLevel: Values['ENVOI_LOG_LEVEL'];
  /** The apps that the operator has registered with mailbox providers; null: none there. */
  readonly google: ProviderApp | null;
  readonly microsoft: (ProviderApp & { readonly tenant: string }) | null;
  readonly setup: Setup | null;
};

/** The company, owner and key to make at the first start. */
export type Setup = {
  readonly company: string;
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
  readonly country: string;
  readonly tracking: Values['ENVOI_SETUP_TRACKING'];
};

/** An app at a mailbox provider, and addresses that differ from the provider's usual ones. */
export type ProviderApp = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly endpoints: Readonly<Record<string, string>>;
};

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the environment. Returns all problems at once, as sentences, or the configuration with notes about variables that nobody
 * reads (a typing error would otherwise go unseen). An empty variable counts as absent. Values are not repeated in sentences:
 * they can be secrets.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): LoadedConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = variables.safeParse(given);
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) => `${String(path[0])} ${message}.`);
  const incomplete = [...problems, ...halfGiven(given), ...withoutKeys(given)];
  if (!parsed.success || incomplete.length > 0) return { ok: false, problems: [...new Set(incomplete)] };
  return { ok: true, config: toConfig(parsed.data), notes: unknownNames(given) };
}

const together = [
  ['ENVOI_SETUP_COMPANY', 'ENVOI_SETUP_EMAIL', 'ENVOI_SETUP_PASSWORD', 'ENVOI_SETUP_API_KEY'],
  ['ENVOI_TLS_CERT', 'ENVOI_TLS_KEY'],
  ['ENVOI_GOOGLE_CLIENT_ID', 'ENVOI_GOOGLE_CLIENT_SECRET'],
  ['ENVOI_MICROSOFT_CLIENT_ID', 'ENVOI_MICROSOFT_CLIENT_SECRET'],
];

function halfGiven(given: Readonly<Record<string, unknown>>): string[] {
  return together.flatMap((names) => {
    const missing = names.filter((name) => given[name] === undefined);
    if (missing.length === 0 || missing.length === names.length) return [];
    return [`${missing.join(' and ')} must be set too: ${names.join(', ')} go together.`];
  });
}

/** Other programs of the same machine may have their own AWS variables: they matter only with an S3 address. */
function withoutKeys(given: Readonly<Record<string, unknown>>): string[] {
  if (given['ENVOI_FILES_URL'] === undefined) return [];
  return ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
    .filter((name) => given[name] === undefined)
    .map((name) => `${name} must be set too: ENVOI_FILES_URL needs it.`);
}

function unknownNames(given: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(given)
    .filter((name) => /^ENVOI_(?!TEST_|CORPORA)/.test(name) && !(name in variables.shape))
    .map((name) => `${name} is not a variable of Envoi and is ignored.`);
}

function toTextGateway({ ENVOI_SMS_URL: url, ENVOI_SMS_TOKEN: token, ENVOI_SMS_BODY: body }: Values) {
  return url ? { url, token: token ?? null, body } : null;
}

function toConfig(values: Values): Config {
  const publicUrl = values.PUBLIC_URL ?? `http://localhost:${values.PORT}`;
  return {
    host: values.HOST,
    port: values.PORT,
    publicUrl,
    portalUrl: values.ENVOI_PORTAL_URL ?? publicUrl,
    dataFolder: resolve(values.ENVOI_DATA_DIR),
    databaseUrl: values.DATABASE_URL ?? null,
    s3: toS3(values),
    roles: new Set(values.ENVOI_ROLES),
    secretKey: values.ENVOI_SECRET_KEY ?? null,
    platformDomain: values.ENVOI_PLATFORM_DOMAIN,
    publicIps: values.ENVOI_PUBLIC_IPS,
    trustedProxies: values.ENVOI_TRUST_PROXY,
    hitRules: values.ENVOI_HIT_RULES ?? null,
    watchFolder: values.ENVOI_WATCH_DIR ? resolve(values.ENVOI_WATCH_DIR) : null,
    webhookHosts: values.ENVOI_WEBHOOK_HOSTS,
    textGateway: toTextGateway(values),
    timeStampUrls: values.ENVOI_TSA_URL,
    fileBytes: values.ENVOI_MAX_FILE_MB * 2 ** 20,
    logLevel: values.ENVOI_LOG_LEVEL,
    setup: toSetup(values),
    ...providerConfig(values),
    ...mailConfig(values),
  };
}

function providerConfig(values: Values): Pick<Config, 'google' | 'microsoft'> {
  const app = (clientId = '', clientSecret = '', endpoints: ProviderApp['endpoints'] = {}) =>
    clientId && clientSecret ? { clientId, clientSecret, endpoints } : null;
  const microsoft = app(
    values.ENVOI_MICROSOFT_CLIENT_ID,
    values.ENVOI_MICROSOFT_CLIENT_SECRET,
    values.ENVOI_MICROSOFT_ENDPOINTS,
  );
  return {
    google: app(
      values.ENVOI_GOOGLE_CLIENT_ID,
      values.ENVOI_GOOGLE_CLIENT_SECRET,
      values.ENVOI_GOOGLE_ENDPOINTS,
    ),
    microsoft: microsoft && { ...microsoft, tenant: values.ENVOI_MICROSOFT_TENANT },
  };
}

function mailConfig(values: Values) {
  const { ENVOI_SMTP_URL: url, ENVOI_TLS_CERT: certFile, ENVOI_TLS_KEY: keyFile } = values;
  const smtp: Config['smtp'] =
    url === undefined ? { kind: 'sandbox' } : url === 'direct:' ? { kind: 'direct' } : { kind: 'relay', url };
  return {
    smtp,
    mailHost: values.ENVOI_MAIL_HOST ?? values.ENVOI_PLATFORM_DOMAIN,
    tls: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : null,
    smtpInPort: values.ENVOI_SMTP_IN_PORT,
    submissionPort: values.ENVOI_SUBMISSION_PORT,
    submissionTlsPort: values.ENVOI_SUBMISSION_TLS_PORT,
    dnsServers: values.ENVOI_DNS_SERVERS,
    mxPort: values.ENVOI_MX_PORT,
    privateHosts: values.ENVOI_PRIVATE_HOSTS,
  };
}

function toS3(values: Values): Config['s3'] {
  const { ENVOI_FILES_URL: url, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secret } = values;
  return url && accessKeyId && secret ? { url, accessKeyId, secretAccessKey: secret } : null;
}

function toSetup(values: Values): Setup | null {
  const {
    ENVOI_SETUP_COMPANY: company,
    ENVOI_SETUP_EMAIL: email,
    ENVOI_SETUP_PASSWORD: password,
    ENVOI_SETUP_API_KEY: apiKey,
  } = values;
  if (!company || !email || !password || !apiKey) return null;
  const { ENVOI_SETUP_COUNTRY: country, ENVOI_SETUP_TRACKING: tracking } = values;
  return { company, email, password, apiKey, country, tracking };
}

/** What a relay changes of the mails that it takes; as real ones do. */
export interface Rewrites {
  /** Its own Message-ID in the place of the one that came. */
  readonly messageId?: string;
  /** Headers that it takes out. */
  readonly removed?: readonly string[];
  /** The envelope sender of all mails. */
  readonly envelopeFrom?: string;
  /** The address in the From header of all mails. */
  readonly headerFrom?: string;
}

/** Where a throw-away Postfix lives, and as whom. */
export interface PostfixPlace {
  readonly root: string;
  readonly port: number;
  readonly daemons: string;
  readonly realm: string;
  readonly needsAuth: boolean;
  readonly maxSize: number;
  readonly returns: Readonly<Record<string, string>>;
  readonly relays: Readonly<Record<string, number>>;
  readonly rewrites: Rewrites;
  readonly uid: number;
  readonly gid: number;
}

/** main.cf: loopback only, no DNS, nothing of the machine's own mail, everything below one folder. */
export function mainCf(place: PostfixPlace): string {
  const all = { ...ownFolder(place), ...oneMailbox(place), ...tlsAndAuth(place), ...rewriting(place) };
  return Object.entries(all)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

type Settings = Readonly<Record<string, string | number>>;

function ownFolder(place: PostfixPlace): Settings {
  const { root } = place;
  return {
    compatibility_level: '3.6',
    queue_directory: `${root}/queue`,
    data_directory: `${root}/data`,
    daemon_directory: place.daemons,
    maillog_file: `${root}/log/mail.log`,
    maillog_file_prefixes: root,
    myhostname: place.realm,
    mydestination: '',
    mynetworks: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    smtpd_peername_lookup: 'no',
    disable_dns_lookups: 'yes',
  };
}

/** Every address has the same mailbox, a Maildir; and what arrives must be what was sent. */
function oneMailbox(place: PostfixPlace): Settings {
  return {
    virtual_mailbox_domains: 'static:all',
    virtual_mailbox_maps: 'static:inbox/',
    virtual_mailbox_base: `${place.root}/mail`,
    virtual_uid_maps: `static:${place.uid}`,
    virtual_gid_maps: `static:${place.gid}`,
    virtual_minimum_uid: 1,
    message_drop_headers: '',
    local_header_rewrite_clients: '',
    remote_header_rewrite_domain: '',
    enable_original_recipient: 'no',
    message_size_limit: place.maxSize,
    virtual_mailbox_limit: 0,
    mailbox_size_limit: 0,
    in_flow_delay: 0,
    ...comingBack(place),
  };
}

/** Mail to these domains is taken and comes back: at once, or after a warning that it is delayed. */
function comingBack({ returns, relays }: PostfixPlace): Settings {
  const entries = [
    ...Object.keys(returns).map((domain, at) => `{ ${domain} = back${at}: }`),
    ...Object.entries(relays).map(([domain, port]) => `{ ${domain} = smtp:[127.0.0.1]:${port} }`),
  ];
  if (entries.length === 0) return {};
  return {
    transport_maps: `inline:{ ${entries.join(', ')} }`,
    delay_warning_time: '1s',
    queue_run_delay: '1s',
    minimal_backoff_time: '1s',
    maximal_backoff_time: '1s',
    bounce_queue_lifetime: '1d',
  };
}

function rewriting({ root, rewrites }: PostfixPlace): Settings {
  return {
    ...(rewrites.envelopeFrom
      ? {
          sender_canonical_maps: `static:${rewrites.envelopeFrom}`,
          sender_canonical_classes: 'envelope_sender',
        }
      : {}),
    header_checks: `regexp:${root}/etc/header_checks`,
  };
}

/** header_checks(5). */
export function headerChecks({ rewrites }: PostfixPlace): string {
  const lines = [
    rewrites.messageId ? `/^Message-ID:/ REPLACE Message-ID: <${rewrites.messageId}>` : '',
    rewrites.headerFrom ? `/^From:/ REPLACE From: ${rewrites.headerFrom}` : '',
    ...(rewrites.removed ?? []).map((name) => `/^${name}:/ IGNORE`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function tlsAndAuth(place: PostfixPlace): Settings {
  const { root } = place;
  return {
    smtpd_tls_security_level: 'may',
    smtpd_tls_cert_file: `${root}/tls/cert.pem`,
    smtpd_tls_key_file: `${root}/tls/key.pem`,
    smtpd_tls_session_cache_database: '',
    smtpd_tls_auth_only: 'yes',
    smtpd_sasl_auth_enable: 'yes',
    smtpd_sasl_type: 'cyrus',
    smtpd_sasl_path: 'smtpd',
    // Below the configuration: Debian looks for "sasl" there whatever this setting says.
    cyrus_sasl_config_path: `${root}/etc/sasl`,
    smtpd_sasl_local_domain: place.realm,
    smtpd_relay_restrictions: 'permit_sasl_authenticated, reject_unauth_destination',
    smtpd_recipient_restrictions: place.needsAuth ? 'permit_sasl_authenticated, reject' : 'permit',
  };
}

/** master.cf: the services that taking and storing a mail needs, none of them in a chroot. */
export function masterCf(place: PostfixPlace): string {
  const service = (name: string, command = name, type = 'unix', isPrivate = '-', limits = '- 0'): string =>
    `${name} ${type} ${isPrivate} - n ${limits} ${command}\n`;
  return [
    service(`127.0.0.1:${place.port}`, 'smtpd', 'inet', 'n', '- -'),
    service('pickup', 'pickup', 'unix', 'n', '60 1'),
    service('cleanup', 'cleanup', 'unix', 'n', '- 0'),
    service('qmgr', 'qmgr', 'unix', 'n', '300 1'),
    service('tlsmgr', 'tlsmgr', 'unix', '-', '1000? 1'),
    service('rewrite', 'trivial-rewrite', 'unix', '-', '- -'),
    service('bounce'),
    service('defer', 'bounce'),
    service('trace', 'bounce'),
    service('verify', 'verify', 'unix', '-', '- 1'),
    service('proxymap', 'proxymap', 'unix', '-', '- -'),
    service('error', 'error', 'unix', '-', '- -'),
    service('retry', 'error', 'unix', '-', '- -'),
    service('discard', 'discard', 'unix', '-', '- -'),
    // The delivery agents change user and may not be run unprivileged.
    'virtual unix - n n - - virtual\n',
    'local unix - n n - - local\n',
    service('anvil', 'anvil', 'unix', '-', '- 1'),
    service('smtp', 'smtp', 'unix', '-', '- -'),
    service('scache', 'scache', 'unix', '-', '- 1'),
    service('postlog', 'postlogd', 'unix-dgram', 'n', '- 1'),
    ...Object.values(place.returns).map(comingBackService),
  ].join('');
}

/** A delivery agent that fails with these words: pipe(8) reads the status from them, sysexits.h says whether for good. */
function comingBackService(said: string, at: number): string {
  const exit = said.startsWith('4') ? 75 : 77;
  return `back${at} unix - n n - - pipe user=nobody argv=/bin/sh -c { echo ${said}; exit ${exit} }\n`;
}

/** Where Cyrus SASL finds names and passwords. */
export function saslConf(place: PostfixPlace): string {
  return [
    'pwcheck_method: auxprop',
    'auxprop_plugin: sasldb',
    `sasldb_path: ${place.root}/etc/sasl/sasldb2`,
    'mech_list: PLAIN LOGIN CRAM-MD5',
    '',
  ].join('\n');
}

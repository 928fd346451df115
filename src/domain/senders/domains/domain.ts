import type { DkimAlgorithm } from '#mail/dkim';
import type { RecordType } from '#mail/dns';

/**
 *   pending ──check──▶ valid ──record gone──▶ warning ──24 hours──▶ broken
 *                        ▲───────────── all records back ─────────────┘
 *
 * A domain in `warning` still sends; a broken one holds its mail, or lets the chosen fallback sender stand in.
 */
export type DomainState = 'pending' | 'valid' | 'warning' | 'broken';

/** What a record is for. */
export type RecordPurpose =
  | 'dkim'
  | 'dkim_spare'
  | 'dkim_ed25519'
  | 'return_path_mx'
  | 'return_path_spf'
  | 'dmarc'
  | 'spf';

/** Why a record is not as it should be, as a stable word. */
export type RecordProblem =
  | 'unchecked'
  | 'absent'
  | 'different'
  | 'several'
  | 'revoked'
  | 'too_many_lookups'
  | 'malformed'
  | 'not_aligned'
  /** Quotation marks or backslashes of a zone file stand in it. */
  | 'quoted'
  /** Only its beginning was kept. */
  | 'cut_off'
  /** It stands at its name with the domain once more behind it. */
  | 'name_doubled'
  /** The mail server's name got the domain behind it. */
  | 'target_doubled'
  /** The aliases (CNAME) lead round in a circle. */
  | 'alias_circle'
  | 'dns_failed';

/** A record that shall be there. */
export interface ExpectedRecord {
  readonly purpose: RecordPurpose;
  readonly type: Extract<RecordType, 'TXT' | 'MX'>;
  readonly name: string;
  readonly expected: string;
  /** Without it no mail is sent from the domain. */
  readonly required: boolean;
}

/** What was found where a record is expected. */
export interface DomainRecord extends ExpectedRecord {
  readonly found: readonly string[];
  readonly valid: boolean;
  readonly problem: RecordProblem | null;
  /** Who answered, whether it is one of the domain's own name servers, and for how many seconds the answer is kept by others. */
  readonly asked: { readonly server: string; readonly isOwnServer: boolean; readonly ttl: number } | null;
  /** Of DMARC: what receivers are asked to do with mail that is not authenticated. */
  readonly policy?: 'none' | 'quarantine' | 'reject';
}

export type KeyState = 'signing' | 'spare' | 'old' | 'gone';

/** A key of a domain, without its secret. */
export interface DomainKey {
  readonly id: string;
  readonly number: number;
  readonly selector: string;
  readonly algorithm: DkimAlgorithm;
  readonly record: string;
  readonly state: KeyState;
  readonly createdAt: Date;
  readonly signingSince: Date | null;
  readonly retiredAt: Date | null;
}

/** A domain that a company sends from. */
export interface SendingDomain {
  readonly id: string;
  readonly companyId: string;
  /** In A-labels. */
  readonly name: string;
  readonly state: DomainState;
  readonly records: readonly DomainRecord[];
  readonly keys: readonly DomainKey[];
  readonly checkedAt: Date | null;
  readonly missingSince: Date | null;
  readonly fallbackSenderId: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export type DomainNameRefusal =
  | 'domain_missing'
  | 'domain_with_scheme'
  | 'domain_with_spaces'
  | 'domain_is_address'
  | 'domain_malformed'
  | 'domain_mixes_scripts'
  | 'domain_is_public_suffix'
  | 'domain_is_mailbox_provider';

export type DomainRefusal =
  | DomainNameRefusal
  | 'not_found'
  | 'domain_exists'
  | 'domain_in_use'
  | 'spare_key_not_published'
  | 'fallback_invalid';

/** The company id under which the installation's own domain is kept. */
export const installationId = 'installation';

/** Where the reports about a domain's mails come back to. */
export function returnDomain(domain: string): string {
  return `bounce.${domain}`;
}

/** How long a domain whose record was lost goes on sending, in milliseconds. */
export const graceMs = 24 * 60 * 60_000;

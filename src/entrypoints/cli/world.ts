import type { Clock } from '#base/time';
import type { AccessTables, AccountTables } from '#domain/accounts';
import type { OverviewSources } from '#domain/overview';
import type { CheckDeps, HostFinding } from '#domain/senders';
import type { Ruleset } from '#domain/tracking';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { KeyRing } from '#stores/keys';

/** The installation as far as commands need it. */
export interface OwnInstallation {
  readonly database: Database<OverviewSources & AccessTables & AccountTables>;
  readonly senders: CheckDeps;
  readonly clock: Clock;
  readonly files: FileStore;
  readonly keys: KeyRing;
  /** Where the keys lie. */
  readonly keyFolder: string;
  readonly ruleset: Ruleset;
  close(): Promise<void>;
}

/** Where a backup lies, and its passphrase; null: not encrypted. */
export interface BackupOrder {
  readonly folder: string;
  readonly passphrase: string | null;
}

/** What the command line needs of the world; the roof makes it, without loading or starting anything before it is asked. */
export interface World {
  /** Writes results: standard output. */
  readonly print: (text: string) => void;
  /** Writes sentences for people: standard error. */
  readonly say: (sentence: string) => void;
  /** Everything on standard input, as UTF-8. */
  readonly readInput: () => Promise<string>;
  readonly clock: Clock;
  /** Runs the roles of this process until it is told to stop; returns the exit code. */
  readonly serve: () => Promise<number>;
  /** Opens the data of this installation. Throws `Unusable`, or what the stores throw, with a sentence. */
  readonly open: () => Promise<OwnInstallation>;
  /** The file with this installation's own rules on hits, or null; without the data. */
  readonly hitRules: () => string | null;
  /** Saves the installation into a folder. Throws a sentence. */
  readonly backUp: (order: BackupOrder) => Promise<{
    readonly run: string;
    readonly tables: number;
    readonly rows: number;
    readonly files: number;
    readonly newFiles: number;
  }>;
  /** Loads a backup into an installation that nobody uses. Throws a sentence. */
  readonly restore: (order: BackupOrder & { readonly run: string | null }) => Promise<{
    readonly run: string;
    readonly rows: number;
    readonly files: number;
    readonly held: number;
  }>;
  /** Examines the installation and its surroundings. */
  readonly examine: () => Promise<
    readonly {
      readonly name: string;
      readonly state: 'good' | 'bad' | 'unknown';
      readonly sentence: string;
    }[]
  >;
  /** How this machine looks to others, each also as a sentence with what to do. */
  readonly lookAtMachine: () => Promise<readonly (HostFinding & { readonly sentence: string })[]>;
  /** Hands a test message for that number (E.164) to the gateway; returns its host. Throws a sentence. */
  readonly sendTestText: (mobile: string) => Promise<string>;
  /** Where a running installation is asked for, and with which key, unless the command says so. */
  readonly running: () => Promise<{ readonly url: string; readonly key: string | null }>;
}

/** Something in the surroundings prevents the command; the message is for a person. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}

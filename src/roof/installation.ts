import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { newId } from '#base/ids';
import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import { type Config, makeDataFolder } from '#config';
import type { SubmitSettings } from '#domain/dispatch';
import type { DocumentLimits } from '#domain/documents';
import type { StampService } from '#domain/evidence';
import type { ExportDeps } from '#domain/exports';
import type { DigestNeeds } from '#domain/notices';
import { type Answer, deriveReturnKey, makeOutbox, type Outbox } from '#domain/outbox';
import type { ProofDeps } from '#domain/proofs';
import type { RegisteredDeps } from '#domain/registered';
import type { CheckDeps, HostPolicy } from '#domain/senders';
import {
  deriveLinkKey,
  deriveStaffKey,
  type HitRecord,
  type Ruleset,
  readRuleset,
  shippedRuleset,
} from '#domain/tracking';
import type { LimitTables } from '#domain/transports';
import type { WebhookDeps } from '#domain/webhooks';
import { makeWordDigest, makeWordExport, type WebTables, wordEventIn } from '#entrypoints/web';
import { checkStampOf } from '#formats/proof';
import { askTimeStamp } from '#formats/signature';
import { type Dns, makeCachedDns, makeResolver } from '#mail/dns';
import { type Database, DatabaseUnavailable, migrate, openDatabase, startEmbedded } from '#stores/database';
import {
  type FileStore,
  type Journal,
  makeDiskFiles,
  makeFileSeal,
  makeS3Files,
  openJournal,
} from '#stores/files';
import { type KeyRing, openKeyRing } from '#stores/keys';
import manifest from '../../package.json' with { type: 'json' };
import { makeMailWorld } from './mail-world.ts';
import { ownSecretKey } from './own-secret-key.ts';

export type AllTables = WebTables & LimitTables;

/** Everything that the parts of a process share; built once, from the configuration. */
export interface Installation {
  readonly config: Config;
  readonly database: Database<AllTables>;
  readonly files: FileStore;
  readonly limits: DocumentLimits;
  readonly hits: Journal<HitRecord>;
  /** Tells machines from people. */
  readonly ruleset: Ruleset;
  readonly outbox: Outbox;
  readonly senders: CheckDeps;
  readonly submit: SubmitSettings;
  readonly webhooks: WebhookDeps;
  readonly linkKey: Uint8Array;
  readonly keys: KeyRing;
  readonly keyFolder: string;
  readonly stamps: readonly StampService[];
  readonly proofs: ProofDeps;
  readonly registered: RegisteredDeps;
  readonly texts: RegisteredDeps['texts'];
  readonly exports: ExportDeps;
  /** Puts mails of notices into the words of their readers. */
  readonly wordDigest: DigestNeeds['wordDigest'];
  readonly staffKey: Uint8Array;
  /** Key of the marks by which mails that come back name their message. */
  readonly returnKey: Uint8Array;
  /** Asks the DNS for the keys of signatures, as the configuration says. */
  readonly keyDns: Pick<Dns, 'ask'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly worker: { readonly id: string; readonly roles: readonly string[] };
  close(): Promise<void>;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  /** Tells the person who starts it a sentence. */
  readonly say: (sentence: string) => void;
  /** Without a heartbeat for so long, a worker's messages go to another one, in milliseconds. */
  readonly leaseMs?: number;
  /** How mail servers are dialed; a laboratory trusts an authority of its own and has less patience. */
  readonly smtp?: CheckDeps['smtp'];
}

const usualLeaseMs = 60_000;

/**
 * Opens the database (the built-in one unless the configuration names another), brings its tables up to date and builds what the
 * roles need. Throws DatabaseUnavailable or UnusableKey, with a sentence for a person.
 */
export async function openInstallation(config: Config, around: Surroundings): Promise<Installation> {
  const { log, say } = around;
  await makeDataFolder(config);
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataFolder: config.dataFolder, say });
  const database = await openDatabase<AllTables>({
    url: config.databaseUrl ?? embedded?.url ?? '',
    log,
  }).catch(async (error: unknown) => {
    await embedded?.release();
    throw error;
  });
  const close = async (): Promise<void> => {
    await database.close();
    await embedded?.release();
  };
  try {
    if (database.weaker) say(database.weaker);
    await migrate(database);
    const key = await ownSecretKey(config, database);
    const stores = await openStores(config, key);
    const parts = await buildParts(config, around, database, { ...stores, key });
    return {
      ...parts,
      close: async () => {
        await Promise.all([stores.answers.close(), stores.hits.close()]);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where the installation's files rest, each encrypted under the installation's key. */
export function openFiles(config: Config, key: Uint8Array): FileStore {
  const seal = makeFileSeal(key);
  return config.s3 ? makeS3Files(config.s3, seal) : makeDiskFiles(join(config.dataFolder, 'files'), seal);
}

/** Where the keys lie that it signs with. */
export function keyFolderOf(config: Config): string {
  return join(config.dataFolder, 'keys');
}

async function openStores(config: Config, key: Uint8Array) {
  const journals = join(config.dataFolder, 'journal');
  return {
    files: openFiles(config, key),
    answers: await openJournal<Answer>({ folder: journals, name: 'answers' }),
    hits: await openJournal<HitRecord>({ folder: journals, name: 'hits', mostInMemory: 60_000 }),
  };
}

type Stores = Awaited<ReturnType<typeof openStores>> & { readonly key: Uint8Array };

async function buildParts(
  config: Config,
  { clock, log, leaseMs = usualLeaseMs, smtp }: Surroundings,
  database: Database<AllTables>,
  { files, hits, answers, key }: Stores,
): Promise<Omit<Installation, 'close'>> {
  const linkKey = deriveLinkKey(key);
  const keys = await openKeyRing(keyFolderOf(config), new URL(config.publicUrl).hostname, clock());
  const returnKey = deriveReturnKey(key);
  const { transports, senders, published } = makeMailWorld(config, { database, key, now: clock, smtp });
  const worker = { id: `${newId('worker', clock())}@${hostname()}`, roles: [...config.roles] };
  const { portalUrl, platformDomain } = config;
  const stamps = config.timeStampUrls.map(stampService);
  const shared = { database, files, clock, log, linkKey, returnKey };
  const own = {
    transports,
    signers: senders.signers,
    published,
    returnPaths: { key: returnKey, platformDomain },
    journal: answers,
    portalUrl,
    worker: worker.id,
    leaseMs,
  };
  return {
    ...shared,
    config,
    limits: { documentBytes: config.fileBytes, extraFileBytes: config.fileBytes },
    keys,
    keyFolder: keyFolderOf(config),
    stamps,
    proofs: { database, files, keys, stamps, portalUrl, wordEvent: wordEventIn },
    exports: { database, files, version: manifest.version, wordExport: makeWordExport(config.publicUrl) },
    hits,
    ruleset: await readHitRules(config.hitRules),
    texts: config.textGateway,
    registered: { ...shared, ...own, key, keys, stamps, texts: config.textGateway },
    outbox: makeOutbox({ ...shared, ...own }),
    senders,
    wordDigest: makeWordDigest({ ...shared, portalUrl, publicUrl: config.publicUrl }),
    submit: { platformDomain, portalUrl },
    webhooks: { database, clock, key, net: { hostPolicy: webhookPolicy(config) } },
    staffKey: deriveStaffKey(key),
    keyDns: makeCachedDns(makeResolver({ servers: config.dnsServers }), clock),
    worker,
  };
}

/** Time-stamping services answer within a second or two; one that does not is asked again later. */
const stampTimeoutMs = 15_000;

/** A token that does not hold is no answer: in a seal it would spoil the whole. */
function stampService(url: string): StampService {
  return {
    url,
    ask: async (digest) => {
      const token = await askTimeStamp(url, digest, { fetch, timeoutMs: stampTimeoutMs });
      await checkStampOf(token, digest);
      return token;
    },
  };
}

/** The operator's own rules, else those that come along. Throws, with a sentence, on a file that cannot be used. */
export async function readHitRules(path: string | null): Promise<Ruleset> {
  if (path === null) return shippedRuleset;
  try {
    return readRuleset(await readFile(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DatabaseUnavailable(`The file of ENVOI_HIT_RULES (${path}) cannot be used: ${why}`);
  }
}

/** Strangers' webhooks must not reach what only this machine can; an operator who hosts for himself may allow it. */
function webhookPolicy({ webhookHosts }: Config): HostPolicy {
  return { privateNetworks: webhookHosts === 'any' ? 'allowed' : 'refused' };
}

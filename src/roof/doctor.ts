import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { day } from '#base/time';
import type { Config } from '#config';
import { lastLogChecks } from '#domain/evidence';
import { wordMachineIn } from '#entrypoints/web';
import { type Dns, valuesOf } from '#mail/dns';
import { asWorker, isMigrated } from '#stores/database';
import type { Finding } from './finding.ts';
import { findTroubles } from './health.ts';
import type { Installation } from './installation.ts';
import { lookAtKeys } from './look-at-keys.ts';
import { lookAtMachine } from './look-at-machine.ts';
import { lookAtProviders } from './look-at-providers.ts';

type Patient = Pick<Installation, 'config' | 'database' | 'files' | 'senders' | 'keys' | 'clock'>;

/** Examines an installation and says of each thing whether it is well, and if not what to do. Changes nothing that stays. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const groups = await Promise.all([
    lookAtDatabase(patient),
    lookAtFiles(patient),
    lookAtTroubles(patient),
    lookAtLog(patient),
    lookAtKeys(patient),
    lookAtSurroundings(patient),
    lookAtBlockLists(patient),
    lookAtPorts(patient.config),
  ]);
  return [...groups.flat(), ...lookAtProviders(patient.config)];
}

function good(name: string, sentence: string): Finding {
  return { name, state: 'good', sentence };
}
function bad(name: string, sentence: string): Finding {
  return { name, state: 'bad', sentence };
}
function unknown(name: string, sentence: string): Finding {
  return { name, state: 'unknown', sentence };
}

/** Times are compared between machines: leases, links and signatures do not bear much difference. */
const mostDriftMs = 5000;

async function lookAtDatabase({ database, clock }: Patient): Promise<Finding[]> {
  try {
    const { rows } = await database.owner.query<{ now: Date; version: string }>(
      `select now() as now, current_setting('server_version') as version`,
    );
    const drift = Math.abs(clock().getTime() - (rows[0]?.now.getTime() ?? 0));
    return [
      good('database', `PostgreSQL ${rows[0]?.version} answers.`),
      (await isMigrated(database))
        ? good('tables', 'The tables are up to date.')
        : bad('tables', 'The tables are of an older version: start Envoi once to bring them up to date.'),
      database.weaker
        ? bad('companies', database.weaker)
        : good('companies', 'Companies are kept apart by two locks.'),
      drift <= mostDriftMs
        ? good('clock', 'The clocks of this machine and the database agree.')
        : bad('clock', `The clocks differ by ${Math.round(drift / 1000)} s. Have both set by NTP.`),
    ];
  } catch {
    return [
      bad('database', 'The database does not answer. Check DATABASE_URL, and whether the server runs.'),
    ];
  }
}

async function lookAtFiles({ files, config }: Patient): Promise<Finding[]> {
  const where = config.s3 ? 'the S3 bucket' : config.dataFolder;
  const probe = randomBytes(64);
  const company = 'com_doctor';
  try {
    const hash = await files.put(company, probe);
    const back = await files.get(company, hash);
    await files.remove(company, hash);
    const kept = back?.equals(probe)
      ? good('files', `Files can be kept in ${where}.`)
      : bad('files', `What is kept in ${where} does not come back. Look at the disk or the service.`);
    return [kept, ...(await lookAtRoom(files))];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [bad('files', `Nothing can be kept in ${where}: ${why}`)];
  }
}

async function lookAtRoom(files: Patient['files']): Promise<Finding[]> {
  const free = await files.freeBytes();
  if (free === null) return [];
  const gib = (free / 2 ** 30).toFixed(1);
  return [
    free > 2 ** 30
      ? good('disk', `${gib} GiB are free.`)
      : bad('disk', `Only ${gib} GiB are free. Make room: below 0.2 GiB the database may stop.`),
  ];
}

const troubleWords: Readonly<Record<string, string>> = {
  worker_stopped: 'No process with the role worker is running: nothing leaves. Start one.',
  queue_stuck:
    'E-mails that should have left wait for more than ten minutes. Look at the log of the workers.',
  not_migrated: 'The tables are not up to date: start Envoi once.',
};

async function lookAtTroubles(patient: Patient): Promise<Finding[]> {
  const troubles = await findTroubles(patient);
  const known = troubles.flatMap((one) => (troubleWords[one] ? [bad(one, troubleWords[one])] : []));
  return known.length > 0 ? known : [good('work', 'A worker is running and nothing is late.')];
}

/** Workers verify the log at night: two nights without it are one too many. */
const oldestCheck = 2 * day;

async function lookAtLog({ database, clock }: Patient): Promise<Finding[]> {
  const checks = await asWorker(database, lastLogChecks).catch(() => null);
  if (!checks) return []; // what the database lacks is said above
  const { last } = checks;
  if (!last)
    return [
      unknown('log', 'The log was not verified yet. A worker does it at night; “envoi verify-log” at once.'),
    ];
  const at = `${last.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (last.broken)
    return [
      bad(
        'log',
        `The log does not hold together, as its check of ${at} found (${last.broken.fault}). Change nothing, copy database and files, and run “envoi verify-log”, which says what does not fit.`,
      ),
    ];
  return [
    clock().getTime() - last.at.getTime() <= oldestCheck
      ? good('log', `The log held together at ${at}: ${last.events} events.`)
      : bad(
          'log',
          `The log was last verified at ${at}. Is a worker running? “envoi verify-log” does it at once.`,
        ),
  ];
}

/** What others look at before they take mail: in the words of the operator's page. What nobody has told is not wrong yet. */
async function lookAtSurroundings(patient: Patient): Promise<Finding[]> {
  const { config } = patient;
  const untold: ReadonlySet<string> = new Set([
    ...(config.mailHost.includes('.') ? [] : ['name']),
    ...(config.publicIps.length > 0 ? [] : ['addresses', 'forward']),
    ...(config.tls ? [] : ['certificate']),
  ]);
  return (await lookAtMachine(patient)).map((one) => ({
    name: one.question,
    state: one.good ? 'good' : untold.has(one.question) ? 'unknown' : 'bad',
    sentence: wordMachineIn('en', one),
  }));
}

/** Public lists that many mail servers ask; both say how they may be asked. */
const blockLists = ['zen.spamhaus.org', 'bl.spamcop.net'];

async function lookAtBlockLists({ config, senders }: Patient): Promise<Finding[]> {
  const dns = senders.ownDns();
  return (await Promise.all(config.publicIps.map((ip) => lookAtLists(ip, dns)))).flat();
}

async function lookAtLists(ip: string, dns: Dns): Promise<Finding[]> {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(ip)) return [];
  const reversed = ip.split('.').reverse().join('.');
  const listed: string[] = [];
  for (const list of blockLists) {
    const answers = valuesOf(await dns.ask(`${reversed}.${list}`, 'A'));
    // 127.255.255.x: the list does not answer this resolver (Spamhaus, "Return codes").
    if (answers.some((one) => /^127\.0\.0\./.test(one))) listed.push(list);
  }
  return [
    listed.length === 0
      ? good('block lists', `${ip} is on none of the lists that were asked.`)
      : bad('block lists', `${ip} is on ${listed.join(' and ')}. Find out why there, and ask to be removed.`),
  ];
}

async function lookAtPorts(config: Config): Promise<Finding[]> {
  const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host;
  const ports = [
    ['web', config.port, 'PORT'],
    ['submission', config.submissionPort, 'ENVOI_SUBMISSION_PORT'],
    ['submission', config.submissionTlsPort, 'ENVOI_SUBMISSION_TLS_PORT'],
    ['return', config.smtpInPort, 'ENVOI_SMTP_IN_PORT'],
  ] as const;
  return Promise.all(
    ports.map(async ([name, port, variable]) =>
      (await isOpen(host, port))
        ? good(`port ${port}`, `The ${name} server answers on ${host}:${port}.`)
        : unknown(
            `port ${port}`,
            `Nothing answers on ${host}:${port} (${variable}); that is right where this machine does not run the ${name} server.`,
          ),
    ),
  );
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const done = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket
      .on('connect', () => done(true))
      .on('error', () => done(false))
      .on('timeout', () => done(false));
  });
}

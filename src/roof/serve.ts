import { second } from '#base/time';
import type { Config } from '#config';
import { isEmptyInstallation, listCompanyIds } from '#domain/accounts';
import { listSenders } from '#domain/senders';
import { freezeDispatches } from '#entrypoints/portal';
import { makeWatchRound } from '#entrypoints/watch';
import { type Loop, startLoop, startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { foundByVariables, givePlatformSenders } from './found.ts';
import { type Installation, openInstallation, type Surroundings } from './installation.ts';
import { startReturns } from './start-returns.ts';
import { startSubmissionServer } from './start-submission.ts';
import { startWeb } from './start-web.ts';

/** A running process; `stop` gives leases back, ends requests and leaves nothing half done. */
export interface Running {
  readonly installation: Installation;
  /** Where it listens, or null when it has no web role. */
  readonly url: string | null;
  /** Where other programs hand mails in, or null. */
  readonly submission: { readonly port: number; readonly tlsPort: number } | null;
  /** Where it takes mails that come back, or null. */
  readonly smtpInPort: number | null;
  stop(): Promise<void>;
}

/** Starts the roles that the configuration names and says, in sentences, where everything is. */
export async function serve(config: Config, around: Surroundings): Promise<Running> {
  const installation = await openInstallation(config, around);
  const stops: (() => Promise<void>)[] = [];
  try {
    for (const sentence of await foundByVariables(installation)) around.say(sentence);
    await givePlatformSenders(installation);
    if (config.roles.has('worker')) {
      const worker = await startWorker({
        ...installation,
        worker: installation.worker,
        outbox: installation.outbox,
        freezePages: () => freezeDispatches(installation),
      });
      stops.push(() => worker.stop());
    }
    const watch = config.roles.has('worker') ? startWatching(installation, around.say) : null;
    if (watch) stops.push(() => watch.stop());
    const web = config.roles.has('web') ? await startWeb(installation) : null;
    if (web) stops.unshift(() => web.stop());
    const smtp = config.roles.has('smtp') ? await startSmtpServers(installation, around.say, stops) : nowhere;
    await sayWhere(installation, web?.url ?? null, around.say);
    return {
      installation,
      url: web?.url ?? null,
      ...smtp,
      stop: async () => {
        for (const stop of stops) await stop();
        await installation.close();
      },
    };
  } catch (error) {
    for (const stop of stops) await stop();
    await installation.close();
    throw error;
  }
}

const nowhere = { submission: null, smtpInPort: null } as const;

/** Starts both SMTP servers: for other programs' mails, and for what comes back. */
async function startSmtpServers(
  installation: Installation,
  say: (sentence: string) => void,
  stops: (() => Promise<void>)[],
): Promise<Pick<Running, 'submission' | 'smtpInPort'>> {
  const submission = await startSubmissionServer(installation, say);
  if (submission) stops.unshift(() => submission.close());
  const smtpIn = await startReturns(installation, say);
  if (smtpIn) stops.unshift(() => smtpIn.close());
  return {
    submission: submission ? { port: submission.port, tlsPort: submission.tlsPort } : null,
    smtpInPort: smtpIn?.port ?? null,
  };
}

const watchMs = second;

/** Takes in what is dropped into the watched folder, where there is one. */
function startWatching(installation: Installation, say: (sentence: string) => void): Loop | null {
  const { watchFolder } = installation.config;
  if (!watchFolder) return null;
  const round = makeWatchRound(installation, watchFolder);
  say(`Files dropped into ${watchFolder} become documents.`);
  return startLoop('watched folder', watchMs, installation.log, async () => (await round()) > 0);
}

async function sayWhere(
  installation: Installation,
  url: string | null,
  say: (sentence: string) => void,
): Promise<void> {
  const { config, database } = installation;
  if (url) {
    const isEmpty = await isEmptyInstallation(database);
    say(isEmpty ? `Envoi is ready: open ${url} to set it up.` : `Envoi is ready at ${url}.`);
  }
  say(
    `Data: ${config.dataFolder}${config.databaseUrl ? ' (files); the database is the one of DATABASE_URL' : ''}.`,
  );
  const senders = await asWorker(database, async (tx) => {
    const all = await Promise.all((await listCompanyIds(tx)).map((id) => listSenders(tx, id)));
    return all.flat();
  });
  if (!senders.some((sender) => sender.method !== 'sandbox' && sender.state === 'valid')) {
    say('Mail stays in the sandbox until a sender is connected: nobody is mailed by accident.');
  }
}

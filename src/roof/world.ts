import { makeLog } from '#base/log';
import { systemClock } from '#base/time';
import { type Config, environment, loadConfig } from '#config';
import { Unusable, type World } from '#entrypoints/cli';

/** The command line's world: this process, its environment and, when a command asks for it, the installation. */
export function openWorld(): World {
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    say,
    readInput,
    clock: systemClock,
    serve: async () => {
      // Loaded only now: a command that needs no data starts in the time of its own work.
      const { runServer } = await import('./run-server.ts');
      return runServer(readConfig(), say);
    },
    open,
    hitRules: () => readConfig().hitRules,
    backUp: async (order) => {
      const { backUp } = await import('./backup.ts');
      const config = readConfig();
      return backUp(config, { log: makeLog(config.logLevel), say, now: systemClock() }, order);
    },
    restore: async (order) => {
      const { restore } = await import('./backup.ts');
      const config = readConfig();
      return restore(config, { log: makeLog(config.logLevel), say, now: systemClock() }, order);
    },
    examine: async () => {
      const { examine } = await import('./doctor.ts');
      const installation = await open();
      return examine(installation).finally(() => installation.close());
    },
    lookAtMachine: async () => {
      const { lookAtMachine } = await import('./look-at-machine.ts');
      const { wordMachineIn } = await import('#entrypoints/web');
      const installation = await open();
      const findings = await lookAtMachine(installation).finally(() => installation.close());
      return findings.map((one) => ({ ...one, sentence: wordMachineIn('en', one) }));
    },
    sendTestText,
    running: async () => {
      const config = readConfig();
      return { url: config.publicUrl, key: config.setup?.apiKey ?? null };
    },
  };
}

/** Hands a test to the gateway of the configuration; throws a sentence where there is none, or it does not take it. */
async function sendTestText(mobile: string): Promise<string> {
  const { textGateway } = readConfig();
  if (!textGateway) throw new Unusable('No gateway for text messages is set: ENVOI_SMS_URL.');
  const { sendTextMessage } = await import('#domain/registered');
  await sendTextMessage(textGateway, mobile, 'This is a test of text messages from Envoi.').catch(
    (error: Error) => {
      const settings = 'ENVOI_SMS_URL, ENVOI_SMS_TOKEN and ENVOI_SMS_BODY';
      throw new Unusable(`The message was not taken: ${error.message}. Look at ${settings}.`);
    },
  );
  return new URL(textGateway.url).host;
}

async function open() {
  const { openInstallation } = await import('./installation.ts');
  const config = readConfig();
  return openInstallation(config, { clock: systemClock, log: makeLog(config.logLevel), say });
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function readConfig(): Config {
  const loaded = loadConfig(environment());
  if (!loaded.ok) throw new Unusable(loaded.problems.join('\n'));
  for (const note of loaded.notes) say(note);
  return loaded.config;
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

import { silentLog } from '#base/log';
import { loadConfig } from '#config';
import { startWorker } from '#entrypoints/worker';
import { openInstallation } from '../../src/roof/installation.ts';

// A worker in a process of its own, to be killed: `node --import tsx worker-process.ts`, configured by its environment.
// It loads first and works when told, so that the next one can be made ready while this one lives.
process.send?.('loaded');
await new Promise((resolve) => process.once('message', resolve));
const loaded = loadConfig(process.env);
if (!loaded.ok) throw new Error(loaded.problems.join(' '));
const installation = await openInstallation(loaded.config, {
  clock: () => new Date(),
  log: silentLog,
  say: () => undefined,
  leaseMs: Number(process.env['LEASE_MS']),
});
const worker = await startWorker(installation);
process.send?.('working');
process.once('SIGTERM', () => {
  void worker
    .stop()
    .then(() => installation.close())
    .then(() => process.exit(0));
});

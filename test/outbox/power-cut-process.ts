import { startWorker } from '#entrypoints/worker';
import { testInstallation } from '../installation.ts';

// Sends without end, in a process of its own, until the power is cut: `node --import tsx power-cut-process.ts FOLDER PORT`.
// Tells its parent of each dispatch once its transaction is committed: that one must not be lost.
const [dataFolder = '', port = ''] = process.argv.slice(2);
const installation = await testInstallation({ ownServer: true, dataFolder, leaseMs: 1500 });
await installation.connect(Number(port));
const document = await installation.addInvoice({ number: `POWER-${Date.now()}` });
await startWorker(installation);
for (let n = 0; ; n += 1) {
  const to = [`customer${n}@peeters.example`];
  const [message] = await installation.send(document, { to, copyToSender: false });
  process.send?.(message?.dispatchId);
}

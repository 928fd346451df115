import { parentPort, workerData } from 'node:worker_threads';

// A thread does not inherit the loader that lets Node run TypeScript, so it registers its own where the work is not bundled.
if (workerData.module.endsWith('.ts')) (await import('tsx/esm/api')).register();
// Libraries like to warn about what they read; it says nothing to an operator.
for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => {};
const { perform } = await import(workerData.module);

let partTaken = null;

function sendPart(part) {
  return new Promise((resolve) => {
    partTaken = resolve;
    parentPort.postMessage({ kind: 'part', part });
  });
}

parentPort.on('message', async (message) => {
  if (message.kind === 'part_taken') {
    partTaken?.();
    return;
  }
  try {
    parentPort.postMessage({ kind: 'answer', answer: await perform(message.task, sendPart) });
  } catch (error) {
    parentPort.postMessage({
      kind: 'failure',
      detail: error instanceof Error ? error.message : String(error),
    });
  }
});
parentPort.postMessage({ kind: 'loaded' });

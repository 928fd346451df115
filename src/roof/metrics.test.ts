import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../test/installation.ts';
import { makeHealth } from './health.ts';

let installation: TestInstallation;

before(async () => {
  installation = await testInstallation();
  await installation.send(await installation.addInvoice({ number: 'M-1' }));
});
after(() => installation.close());

test('the figures say what waits, and nothing personal', async () => {
  const text = await (await makeHealth(installation).request('/metrics')).text();
  assert.match(text, /^envoi_queue_messages\{delivery="(queued|scheduled)"\} [1-9]/m);
  assert.match(text, /^envoi_queue_messages\{delivery="held"\} 0/m);
  assert.match(text, /^envoi_log_unsequenced [1-9]/m);
  assert.match(text, /^envoi_workers_alive\{role="worker"\} 0/m);
  for (const name of [
    'envoi_queue_oldest_due_seconds',
    'envoi_webhooks_waiting',
    'envoi_checkpoint_age_seconds',
    'envoi_nodejs_eventloop_lag_seconds',
  ])
    assert.match(text, new RegExp(`^${name} `, 'm'), name);
  assert.match(text, /^# HELP envoi_attempts_recent/m);
  assert.doesNotMatch(text, /peeters|vautrin|@/i);
});

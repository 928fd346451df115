import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { makeMetrics } from '../../src/roof/metrics.ts';
import { type TestInstallation, testInstallation } from '../../test/installation.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

test('the dashboard and the alarms ask for figures that there are, and each alarm is explained', async () => {
  const known = new Set((await makeMetrics(installation).getMetricsAsJSON()).map((one) => one.name));
  const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
  const [dashboard, alarms, manual] = ['dashboard.json', 'alarms.yaml', '../operating.md'].map(read);
  const asked = `${dashboard}${alarms}`.match(/\benvoi_[a-z0-9_]+/g) ?? [];
  assert.ok(asked.length > 15);
  for (const name of asked) assert.ok(known.has(name), `${name} does not exist`);
  assert.ok(JSON.parse(dashboard ?? '').panels.length > 5);
  for (const [, name] of (alarms ?? '').matchAll(/alert: (\w+)/g))
    assert.ok(manual?.includes(`\`${name}\``), `${name} is not explained in docs/operating.md`);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { stepsOf, watchSteps } from '../../../test/steps.ts';
import { type CodeHolder, keepCode, takeCode } from './code.ts';

watchSteps();
let installation: TestInstallation;
const now = new Date('2026-11-23T09:00:00Z');
const later = new Date(now.getTime() + 10 * 60_000);
const key = new Uint8Array(32).fill(7);

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const holderIn = (session: string, messageId = 'msg_1'): CodeHolder => {
  const { companyId } = installation;
  return { companyId, messageId, session, purpose: 'decision' };
};
const keep = (holder: CodeHolder, code: string) =>
  inCompany(installation.database, installation.companyId, (tx) => keepCode(tx, key, holder, code, now));
const take = (holder: CodeHolder, code: string, at = now) =>
  stepsOf(() =>
    inCompany(installation.database, installation.companyId, (tx) => takeCode(tx, key, holder, code, at)),
  );

test('a code of a quote that is wrong, late, used, worn out, foreign or was never mailed takes one way, and a right one the same', async () => {
  for (const [index, session] of ['one', 'late', 'used', 'owner'].entries())
    await keep(holderIn(session), `1234567${index}`);
  await keep(holderIn('elsewhere', 'msg_2'), '12345679');
  const right = await take(holderIn('used'), '12345672');
  assert.equal(right.result, true);
  const refused = [await take(holderIn('one'), '00000000')];
  for (let more = 0; more < 4; more += 1) await take(holderIn('one'), '00000000');
  refused.push(
    await take(holderIn('one'), '12345670'), // after five tries
    await take(holderIn('late'), '12345671', later),
    await take(holderIn('used'), '12345672'),
    await take(holderIn('owner'), '12345679'), // of another message
    await take(holderIn('stranger'), '12345673'), // of another browser
  );
  // What is set differs between a code that is taken and one that is not; nothing else does.
  const plain = (steps: readonly string[]) => steps.map((step) => step.replace(/set "\w+" =/, 'set ='));
  for (const one of refused) {
    assert.equal(one.result, false);
    assert.deepEqual(one.steps, refused[0]?.steps);
    assert.deepEqual(plain(one.steps), plain(right.steps));
  }
  assert.equal(right.steps.filter((step) => step === 'compare in constant time').length, 1);
});

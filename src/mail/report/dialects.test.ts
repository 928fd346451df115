import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allDialects } from './dialects/all-dialects.ts';
import { readReport } from './index.ts';
import { samples } from './samples.test-suite.ts';

for (const sample of samples) {
  test(`${sample.dialect}: ${sample.shows}`, async () => {
    const report = await readReport(Buffer.from(sample.mail.replaceAll('\n', '\r\n')));
    assert.equal(report.dialect, sample.dialect);
    assert.equal(report.kind, sample.kind ?? 'bounce');
    assert.deepEqual(
      report.recipients.map((one) => [one.address, one.class, one.status, one.smtpCode]),
      sample.recipients,
    );
    if (sample.originalMessageId) assert.equal(report.originalMessageId, sample.originalMessageId);
  });
}

test('every dialect has a sample, a name of its own, and a source', () => {
  const names = allDialects.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { name, source } of allDialects) {
    assert.ok(source.length > 10, name);
    assert.ok(
      samples.some(({ dialect }) => dialect === name),
      `no sample of ${name}`,
    );
  }
});

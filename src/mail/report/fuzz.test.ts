import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeReport, readReport } from './index.ts';
import { mutatedMail } from './mutate.test-suite.ts';
import { samples } from './samples.test-suite.ts';

const patience = 60_000; // ms for a mail of a MiB, on however busy a machine: what grows with the square of the size takes longer

const kinds = new Set([
  'bounce',
  'delay',
  'delivered',
  'complaint',
  'auto_reply',
  'read_receipt',
  'reply',
  'none',
]);

async function check(bytes: Uint8Array): Promise<void> {
  const report = await readReport(bytes);
  assert.ok(kinds.has(report.kind));
  assert.ok(report.recipients.length <= 500);
  for (const one of report.recipients) {
    assert.ok(one.address.length <= 1000);
    assert.ok((one.diagnostic ?? '').length <= 1000);
    if (one.class !== null) assert.ok(one.action === 'failed' || one.action === 'delayed');
  }
  JSON.stringify(describeReport(report));
}

test('samples with bytes changed, cut or doubled are read without a throw', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(3000), fc.uint8Array({ maxLength: 12 })), { maxLength: 6 }),
      fc.nat(3000),
      async ({ mail }, changes, cut) => {
        let bytes = Buffer.from(mail);
        for (const [at, put] of changes)
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at)]);
        await check(cut > 1500 ? bytes.subarray(0, cut) : bytes);
      },
    ),
    { numRuns: 150 },
  );
});

test('any bytes are read without a throw', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), check), { numRuns: 100 });
});

/** `npm run bench -- mutate` reads 100,000 of them, and real ones. */
const mutated = 1500;

test('mutated mails of a fixed seed are read without a throw', async () => {
  const mails = samples.map(({ mail }) => Buffer.from(mail));
  for (let index = 0; index < mutated; index += 1) {
    const bytes = mutatedMail(mails, 4, index);
    await check(bytes).catch((error) => assert.fail(`mail ${index} of seed 4: ${error}`));
  }
});

test('a seed and an index make the same mutated mail again', () => {
  const mails = samples.map(({ mail }) => Buffer.from(mail));
  assert.deepEqual(mutatedMail(mails, 7, 123), mutatedMail(mails, 7, 123));
  assert.notDeepEqual(mutatedMail(mails, 7, 123), mutatedMail(mails, 8, 123));
});

const head = 'From: MAILER-DAEMON@mx.test\nSubject: Undelivered Mail\n';
const mib = 1024 * 1024;
const fill = (text: string): string => text.repeat(Math.ceil(mib / text.length));

const floods: readonly (readonly [name: string, mail: string])[] = [
  ['one long word', `${head}\n${fill('a')}`],
  ['at signs', `${head}\n${fill('@')}`],
  ['addresses', `${head}\n${fill('a@b.test ')}`],
  ['addresses by line', `${head}\n${fill('<a@b.test>: 550 no\n')}`],
  ['long words by line', `${head}\n${fill(`${'x'.repeat(1990)}\n`)}`],
  ['header-like lines', `${head}\n${fill('X-A: b\n')}`],
  ['short lines', `${head}\n${fill('a\n')}`],
  ['blanks', `${head}\n${fill(' ')}`],
  ['dashes', `${head}\n${fill('-')}`],
  ['digits and points', `${head}\n${fill('5.1.')}`],
  ['a subject without end', `From: a@b.test\nSubject: ${fill('re')}`],
  ['many headers', `${fill('X-Failed-Recipients: a@b.test\n')}\n`],
  ['links', `${head}\n${fill('http://a/')}`],
  [
    'a transcript',
    `${head}\n----- Transcript of session follows -----\n${fill('>>> RCPT To:<a@b.test>\n<<< 550 no\n')}`,
  ],
  [
    'recipients in fields',
    `${head}Content-Type: message/delivery-status\n\n${Array.from({ length: 20_000 }, (_, at) => `Final-Recipient: rfc822; u${at}@b.test\nAction: failed\n\n`).join('')}`,
  ],
  ['html', `${head}Content-Type: text/html\n\n${fill('<div><b>')}`],
  ['html of tables', `${head}Content-Type: text/html\n\n${fill('<table><tr><td>a@b.test')}`],
  [
    'a reply that quotes',
    `From: a@b.test\nSubject: Re: x\nIn-Reply-To: <m@b.test>\n\n${fill('On x wrote 2026 <a@b.test> \n')}`,
  ],
  ['dates', `From: a@b.test\nSubject: Automatic reply\n\n${fill('until until 13 ')}`],
  [
    'folded fields',
    `${head}Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.test\nDiagnostic-Code: smtp;\n${fill(' 550 no\n')}`,
  ],
];

for (const [name, mail] of floods) {
  test(`a MiB of ${name} is read in time`, async () => {
    const before = performance.now();
    await check(Buffer.from(mail));
    assert.ok(performance.now() - before < patience, `${Math.round(performance.now() - before)} ms`);
  });
}

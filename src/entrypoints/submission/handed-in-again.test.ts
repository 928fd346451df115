import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTransport } from 'nodemailer';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import { owner } from '../../../test/installation.ts';
import { testSubmission } from '../../../test/submission.ts';

let submission: Awaited<ReturnType<typeof testSubmission>>;
before(async () => {
  submission = await testSubmission();
});
after(() => submission.close());

const { email: from } = owner;
const to = 'els@peeters.example';

/** The bytes of a mail with an invoice. */
async function written(number: string, more: object = {}): Promise<Buffer> {
  const content = await facturxPdf({ number });
  const attachments = [{ filename: 'i.pdf', content }];
  const transport = createTransport({ streamTransport: true, buffer: true });
  const { message } = await transport.sendMail({
    from,
    to,
    subject: 'Once',
    text: 'x',
    attachments,
    ...more,
  });
  return message as Buffer;
}

const handIn = async (raw: Buffer, recipients: readonly string[] = [to]): Promise<string> =>
  (await submission.client().sendMail({ envelope: { from, to: [...recipients] }, raw })).response;

/** How many dispatches the work made, and what was answered. */
async function counted(work: () => Promise<readonly string[]>) {
  const before = (await submission.dispatches()).length;
  const answers = await work();
  const ids = new Set(answers.map((one) => /dsp_\S+/.exec(one)?.[0]));
  return { made: (await submission.dispatches()).length - before, ids: ids.size, answers };
}

test('the same mail handed in again is answered and not sent twice, also when both come at once', async () => {
  const raw = await written('TW-1');
  const done = await counted(async () => [
    ...(await Promise.all([handIn(raw), handIn(raw)])),
    await handIn(raw),
  ]);
  assert.deepEqual([done.made, done.ids], [1, 1], done.answers.join());
});

test('a mail that comes again by another way, with a new date and other parts, is known by its Message-ID', async () => {
  const messageId = '<invoice-77@books.example>';
  const first = await written('TW-2', { messageId, date: new Date('2026-11-22T10:00:00Z') });
  const again = await written('TW-2', { messageId, date: new Date('2026-11-22T10:09:00Z') });
  const trace = Buffer.from('Received: from pc by relay.books.example; Sun, 22 Nov 2026 10:10:00 +0000\r\n');
  const done = await counted(async () => [
    await handIn(first),
    await handIn(again),
    await handIn(Buffer.concat([trace, again])),
  ]);
  assert.deepEqual([done.made, done.ids], [1, 1], done.answers.join());
});

test('a program that gives all its mails one Message-ID loses none of them', async () => {
  const messageId = '<always-the-same@books.example>';
  const done = await counted(async () => [
    await handIn(await written('TW-3', { messageId })),
    await handIn(await written('TW-4', { messageId })),
    await handIn(await written('TW-4', { messageId, text: 'A reminder' })),
    await handIn(await written('TW-4', { messageId }), ['jan@peeters.example']),
  ]);
  assert.deepEqual([done.made, done.ids], [4, 4], done.answers.join());
});

test('without a Message-ID every byte counts', async () => {
  const bare = (raw: Buffer) =>
    Buffer.from(raw.toString('latin1').replace(/^Message-ID:.*\r\n/im, ''), 'latin1');
  const date = new Date('2026-11-22T10:00:00Z');
  const raw = bare(await written('TW-5', { date }));
  const done = await counted(async () => [await handIn(raw), await handIn(raw)]);
  assert.deepEqual([done.made, done.ids], [1, 1], done.answers.join());
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { storeExtraFile } from '#domain/documents';
import { makeCheckpoint, readEvents, verifyLog } from '#domain/evidence';
import { type Message, readMailBytes } from '#domain/outbox';
import { catchUp } from '#domain/overview';
import { makeEvidence, verifyFiles } from '#domain/proofs';
import { frozenPagesOf, holdHistory, linksOf } from '#domain/tracking';
import { freezeDispatches } from '#entrypoints/portal';
import { startWorker } from '#entrypoints/worker';
import { inspectPdf } from '#formats/pdf';
import { checkEvidence, readArchive } from '#formats/proof';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { comeBack, deliveryReport } from '../../../test/returned-mails.ts';
import { eraseContent } from './index.ts';

const secret = 'Nobody-should-read-this-7351';
let installation: TestInstallation;
let erased: readonly Message[];
let other: readonly Message[];
let hashes: { readonly own: string; readonly shared: string; readonly document: string };
let earlier: Buffer;

const own = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);
const dispatchOf = (messages: readonly Message[]): string => messages[0]?.dispatchId ?? '';
const erase = (dispatchId: string, reason = 'It went to the wrong Els') => {
  const { companyId, author } = installation;
  const by = { actor: 'user' as const, id: author.id, name: 'Claire Vautrin' };
  return eraseContent(installation, { companyId, dispatchId, by, reason }, installation.clock());
};
const mailsOf = async (messages: readonly Message[]) =>
  Promise.all(
    messages.map(({ id }) => own((tx) => readMailBytes(tx, installation.files, installation.companyId, id))),
  );
const evidenceOf = async (dispatchId: string) => {
  const { companyId, author, proofs } = installation;
  const order = { companyId, dispatchId, actor: 'user' as const, by: author.id };
  const made = await makeEvidence(proofs, order, installation.clock());
  assert.ok(made.ok);
  return made;
};

async function attach(fileName: string): Promise<{ id: string; sha256: string }> {
  const bytes = Buffer.from(`${fileName}: ${secret}`);
  const upload = { companyId: installation.companyId, fileName, bytes };
  const stored = await storeExtraFile(installation, upload, installation.clock());
  assert.ok(stored.ok);
  return stored.file;
}

async function sent(document: Awaited<ReturnType<TestInstallation['addInvoice']>>, fileIds: string[]) {
  const to = ['els@peeters.example', 'jan@peeters.example'];
  const words = { subject: `${secret} subject`, text: `Dear Els, ${secret}` };
  const messages = await installation.send(document, { to, fileIds, ...words });
  await until('the mails have left', async () =>
    (await installation.messages(dispatchOf(messages))).every((one) => one.delivery === 'handed_off'),
  );
  await until('the page is kept', async () => (await freezeDispatches(installation)) > 0);
  return messages;
}

before(async () => {
  installation = await testInstallation();
  const worker = await startWorker(installation);
  const document = await installation.addInvoice();
  const [mine, shared] = [await attach('contract.txt'), await attach('terms.txt')];
  hashes = { own: mine.sha256, shared: shared.sha256, document: document.sha256 };
  erased = await sent(document, [mine.id, shared.id]);
  other = await sent(document, [shared.id]);
  await worker.stop();
  const bounce = deliveryReport([{ address: 'els@peeters.example' }], { Subject: secret });
  await comeBack(installation, bounce, { messageId: erased[0]?.id ?? '' });
  earlier = (await evidenceOf(dispatchOf(erased))).bytes;
});
after(() => installation.close());

describe('erasing the content of a dispatch', () => {
  test('is refused without a reason, on legal hold, and for a dispatch of nobody', async () => {
    const { companyId, author, clock } = installation;
    const dispatchId = dispatchOf(other);
    assert.deepEqual(await erase(dispatchOf(erased), '  '), { ok: false, reason: 'reason_missing' });
    const hold = { companyId, dispatchId, reason: 'Lawsuit', placedBy: author.id, placedAt: clock() };
    await own((tx) => holdHistory(tx as never, hold, 'user'));
    assert.deepEqual(await erase(dispatchId), { ok: false, reason: 'on_hold' });
    const nobodys = 'dsp_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B';
    assert.deepEqual(await erase(nobodys), { ok: false, reason: 'not_found' });
  });

  test('is refused while a mail may still leave, or a delivery be opened', async () => {
    const document = await installation.addInvoice();
    const waiting = await installation.send(document, { to: ['a@later.example'] });
    assert.deepEqual(await erase(dispatchOf(waiting)), { ok: false, reason: 'under_way' });
    assert.ok((await mailsOf(waiting)).every((one) => one === null));
  });

  test('takes what only this dispatch has, and nothing that others have', async () => {
    assert.equal((await erase(dispatchOf(erased))).ok, true);
    assert.deepEqual(await erase(dispatchOf(erased)), { ok: false, reason: 'already_erased' });
    const { files, companyId } = installation;
    const kept = await Promise.all(
      [hashes.own, hashes.shared, hashes.document].map((hash) => files.has(companyId, hash)),
    );
    assert.deepEqual(kept, [false, true, true]);
    assert.ok((await mailsOf(erased)).every((mail) => mail === null));
    assert.ok((await mailsOf(other)).every((mail) => mail?.includes('terms.txt')));
    const [message] = erased;
    const of = { companyId, dispatchId: dispatchOf(erased), messageId: message?.id ?? '' };
    assert.deepEqual(await own((tx) => frozenPagesOf(tx as never, of)), []);
    const links = await own((tx) =>
      linksOf(
        tx as never,
        erased.map((one) => one.id),
      ),
    );
    assert.ok(links.length > 0 && links.every((link) => link.revokedAt !== null));
  });

  test('leaves its words in no table', async () => {
    await catchUp(installation.database);
    const { rows } = await installation.database.owner.query<{ name: string }>(
      `select c.relname::text as name from pg_class c where relkind = 'r' and relnamespace = current_schema()::regnamespace`,
    );
    const ofOther = await rowsOfOther();
    const hex = Buffer.from(secret).toString('hex');
    const places: string[] = [];
    for (const { name } of rows) {
      const found = await installation.database.owner.query<{ row: string }>(
        `select left(t::text, 4000) as row from "${name}" as t where position($1 in t::text) > 0 or position($2 in t::text) > 0`,
        [secret, hex],
      );
      for (const { row } of found.rows) if (!ofOther(row)) places.push(`${name}: ${row.slice(0, 200)}`);
    }
    assert.deepEqual(places, []);
  });

  test('changes no hash: the log, its files and every evidence file still hold, and say what was erased', async () => {
    await makeCheckpoint(installation.database, installation.keys.log, installation.clock());
    const log = await verifyLog(installation.database, { verifiers: installation.keys.logVerifiers });
    assert.equal(log.broken, null);
    assert.equal((await verifyFiles(installation.database, installation.files)).broken, null);
    assert.equal((await checkEvidence(earlier)).ok, true, 'a file that was made before holds');
    const { bytes, report } = await evidenceOf(dispatchOf(erased));
    const checked = await checkEvidence(bytes);
    assert.deepEqual(checked.broken, null);
    assert.equal(checked.facts.erased, 1, 'the subject');
    const names = readArchive(bytes).map((entry) => entry.name);
    assert.ok(!names.some((name) => /^(message|inbound|portal)\//.test(name)));
    assert.ok(names.some((name) => name.startsWith('documents/')));
    const pdf = await inspectPdf(report);
    const text = pdf.ok ? pdf.text.replace(/\s+/g, ' ') : '';
    assert.match(text, /Content erased .*Claire Vautrin/);
    assert.match(text, /It went to the wrong Els/);
    assert.ok(!text.includes(secret));
  });

  test('names each mail that went by its SHA-256', async () => {
    const dispatchId = dispatchOf(erased);
    const events = await own((tx) => readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: 200 }));
    const gone = events.find((event) => event.type === 'content.erased')?.data['sha256s'];
    const handed = events.flatMap(({ type, data }) =>
      type === 'message.handed_off' ? [data['mailSha256']] : [],
    );
    assert.ok(
      handed.length >= 2 && handed.every((hash) => Array.isArray(gone) && gone.includes(hash as never)),
    );
  });

  test('a mail that somebody removes in silence is still missed', async () => {
    const [message] = other;
    await installation.database.owner.query('delete from mails where message_id = $1', [message?.id]);
    const { broken } = await verifyFiles(installation.database, installation.files);
    assert.equal(broken?.fault, 'file_missing');
  });
});

/** Tells of a row whether it is of the dispatch that was not erased. */
async function rowsOfOther(): Promise<(row: string) => boolean> {
  const dispatchId = dispatchOf(other);
  const events = await own((tx) => readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: 200 }));
  const ids = [dispatchId, ...events.map((one) => one.id), ...other.flatMap((one) => [one.id, one.letterId])];
  return (row) => ids.some((id) => row.includes(id));
}

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { catalogueProblems, languages } from '#base/language';
import { linksOf } from '#domain/tracking';
import { freezeDispatches } from '#entrypoints/portal';
import { startWorker } from '#entrypoints/worker';
import { checkEvidence, readArchive, writeArchive } from '#formats/proof';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { assertPdfA3b } from '../../../test/pdf-a.ts';
import { comeBack, deliveryReport, plainMail } from '../../../test/returned-mails.ts';
import { startTimeStamps, type TestStamps } from '../../../test/servers/time-stamp.ts';
import { checkFiles, noteFiles } from '../../formats/proof/check-files.ts';
import { ProofFailed } from '../../formats/proof/finding.ts';
import { makeEvidence, verifyFiles } from './index.ts';
import { proofCatalogues } from './proof-words.ts';

const run = promisify(execFile);

let stamps: TestStamps;
let installation: TestInstallation;
let folder: string;
let dispatchId: string;
let file: Buffer;
let report: Buffer;

before(async () => {
  stamps = await startTimeStamps();
  folder = await mkdtemp(join(tmpdir(), 'envoi-evidence-'));
  installation = await testInstallation({ env: { ENVOI_TSA_URL: stamps.url } });
  const worker = await startWorker(installation);
  const document = await installation.addInvoice();
  const messages = await installation.send(document, { to: ['els@peeters.example', 'jan@peeters.example'] });
  dispatchId = messages[0]?.dispatchId ?? '';
  await until('the mails have left', async () =>
    (await installation.messages(dispatchId)).every((one) => one.delivery === 'handed_off'),
  );
  await until('the page is kept', async () => (await freezeDispatches(installation)) > 0);
  await worker.stop();
  const [first] = messages;
  await comeBack(
    installation,
    deliveryReport([{ address: 'els@peeters.example', action: 'delivered', status: '2.0.0' }]),
    { messageId: first?.id ?? '' },
  );
  await comeBack(
    installation,
    plainMail(
      { From: 'Els <els@peeters.example>', Subject: 'Re: invoice', 'Message-ID': '<re@peeters.example>' },
      'Thanks',
    ),
    { messageId: first?.id ?? '' },
  );
  const made = await make();
  [file, report] = [made.bytes, made.report];
  await unpack(file, 'e');
});
after(async () => {
  await installation.close();
  await stamps.close();
  await rm(folder, { recursive: true, force: true });
});

async function unpack(evidence: Buffer, into: string): Promise<void> {
  for (const { name, bytes } of readArchive(evidence)) {
    await mkdir(join(folder, into, dirname(name)), { recursive: true });
    await writeFile(join(folder, into, name), bytes);
  }
}

async function make() {
  const { companyId, author, clock, proofs } = installation;
  const made = await makeEvidence(proofs, { companyId, dispatchId, actor: 'user', by: author.id }, clock());
  assert.ok(made.ok);
  return made;
}

describe('an evidence file', () => {
  test('holds all that is known, and a check without anything else finds nothing wrong', async () => {
    const names = readArchive(file).map((entry) => entry.name);
    assert.equal(names[0], 'mimetype');
    for (const form of [
      /^report\.pdf$/,
      /^events\/0001-dispatch\.submitted\.json$/,
      /^message\/msg_.*\.eml$/,
      /^documents\/doc_.*\.pdf$/,
      /^smtp\/msg_/,
      /^portal\/.*\.html$/,
      /^pages\/doc_.*-0001\.webp$/,
      /^inbound\/ret_.*\.eml$/,
      /^log\/0001\.tlog-proof$/,
      /^log\/checkpoint-1\.tsr$/,
      /^verify\.(mjs|sh)$/,
      /^README\.en\.txt$/,
    ])
      assert.ok(
        names.some((name) => form.test(name)),
        String(form),
      );
    const checked = await checkEvidence(file);
    assert.deepEqual(checked.broken, null);
    assert.equal(checked.facts.dispatchId, dispatchId);
    assert.equal(checked.facts.stamps.length, 2);
    assert.equal(checked.facts.stamps[0]?.by, 'Test Time Stamps');
  });

  test('holds what came back as it came, and the files of the log are those that it names', async () => {
    const inbound = readArchive(file).filter((entry) => entry.name.startsWith('inbound/'));
    const texts = inbound.map((entry) => Buffer.from(entry.bytes).toString());
    assert.deepEqual(
      [
        texts.length,
        texts.some((text) => /Action: delivered/.test(text)),
        texts.some((text) => /Thanks/.test(text)),
      ],
      [2, true, true],
    );
    assert.equal((await verifyFiles(installation.database, installation.files)).broken, null);
    const { companyId, database, files } = installation;
    const [row] = (await database.owner.query('select sha256 from frozen_pages')).rows;
    const page = (await files.get(companyId, row.sha256)) ?? Buffer.alloc(0);
    await files.remove(companyId, row.sha256);
    const found = (await verifyFiles(database, files)).broken;
    assert.deepEqual([found?.fault, found?.part], ['file_missing', `page ${row.sha256}`]);
    await files.put(companyId, page);
    assert.equal((await verifyFiles(database, files)).broken, null);
  });

  test('shows one changed byte, wherever it is, and names the file', async () => {
    const entries = readArchive(file);
    let from = 0;
    const places: { at: number; name: string | null }[] = [];
    for (const { name, bytes } of entries) {
      const start = from + 30 + name.length;
      for (const part of [0, 0.5, 1])
        places.push({ at: start + Math.round(part * (bytes.length - 1)), name });
      // All times are compared with the first: a change of that one shows in the second.
      places.push({ at: from + 12, name: from === 0 ? null : name }, { at: from + 27, name: null });
      from = start + bytes.length;
    }
    // The checksum in each line of the list at the end (APPNOTE.TXT §4.3.12).
    for (let [index, at] = [0, from]; index < entries.length; index += 1) {
      const name = entries[index]?.name ?? '';
      places.push({ at: at + 16, name });
      at += 46 + name.length;
    }
    for (let at = from; at < file.length; at += 97) places.push({ at, name: null });
    for (const { at, name } of places) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ 0x21;
      const checked = await checkEvidence(changed);
      assert.equal(checked.ok, false, `byte ${at} of ${name}`);
      if (name) assert.equal(checked.broken?.file, name, JSON.stringify(checked.broken));
    }
  });

  test('shows a changed byte in an unpacked file too, whatever was sealed again around it', async () => {
    const entries = readArchive(file);
    const changes = [
      'report.pdf',
      'manifest.json',
      'META-INF/signature001.p7s',
      'META-INF/timestamp001.tst',
      'log/checkpoint.txt',
    ];
    for (const name of changes) {
      const changed = entries.map((entry) => {
        if (entry.name !== name) return entry;
        const bytes = Uint8Array.from(entry.bytes);
        bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
        return { name, bytes };
      });
      assert.equal((await checkEvidence(writeArchive(changed, new Date(0)))).broken?.file, name);
    }
    const without = entries.filter((entry) => !entry.name.startsWith('events/0002'));
    assert.match((await checkEvidence(without)).broken?.reason ?? '', /missing/);
    const more = [...entries, { name: 'extra.txt', bytes: Buffer.from('x') }];
    assert.equal((await checkEvidence(more)).broken?.file, 'extra.txt');
  });

  test('names the customer’s page and its pictures in an event, and shows another page in their place', async () => {
    const checked = await checkEvidence(file);
    assert.equal(checked.facts.unnamed, 0);
    const entries = readArchive(file);
    const kept = entries.find(({ name }) => /dispatch\.page_kept/.test(name));
    const { data } = JSON.parse(Buffer.from(kept?.bytes ?? []).toString());
    const names = [`portal/${data.page}.html`, `pages/${data.images[0].document}-0001.webp`];
    const { byName, hashes } = { byName: new Map<string, string>(), hashes: new Set<string>() };
    noteFiles({ n: 1, prev: null, type: 'dispatch.page_kept', data }, { byName, hashes });
    const parts = new Map(entries.map((entry) => [entry.name, entry.bytes]));
    for (const name of names) {
      const page = new Map([[name, parts.get(name) ?? new Uint8Array()]]);
      assert.equal(await checkFiles(page, { byName, hashes }, []), 0);
      page.set(name, Buffer.from('<p>Another price</p>'));
      await assert.rejects(checkFiles(page, { byName, hashes }, []), ProofFailed);
      const moved = new Map([['portal/other.html', Buffer.from('<p>Another price</p>')]]);
      assert.equal(
        await checkFiles(moved, { byName, hashes }, []),
        1,
        'and one under another name is counted',
      );
    }
  });

  test('counts conversations with servers that say something else than the events', async () => {
    const talk = readArchive(file).find(({ name }) => name.startsWith('smtp/msg_'));
    assert.ok(talk);
    const events = readArchive(file)
      .filter(({ name }) => name.startsWith('events/'))
      .map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()));
    const none = { byName: new Map<string, string>(), hashes: new Set<string>() };
    assert.equal(await checkFiles(new Map([[talk.name, talk.bytes]]), none, events), 0);
    const other = Buffer.from(talk.bytes)
      .toString()
      .replace(/"code": 250/, '"code": 251');
    assert.equal(await checkFiles(new Map([[talk.name, Buffer.from(other)]]), none, events), 1);
  });

  test('is checked by the script inside of it, in the folder and as a file', async () => {
    const script = join(folder, 'e', 'verify.mjs');
    const path = join(folder, 'file.asice');
    await writeFile(path, file);
    for (const args of [[script], [script, path]]) {
      const { stdout } = await run(process.execPath, args, { env: {} });
      assert.match(stdout, /Everything fits together/);
    }
    const changed = Buffer.from(file);
    changed[5000] = (changed[5000] ?? 0) ^ 1;
    await writeFile(path, changed);
    await assert.rejects(run(process.execPath, [script, path], { env: {} }), /BROKEN|Command failed/);
  });

  test('is checked by openssl and poppler through the other script', async () => {
    const { stdout } = await run('sh', [join(folder, 'e', 'verify.sh')]);
    for (const line of [
      /files have their SHA-256/,
      /the seal holds/,
      /ok: time stamp of/,
      /seal of report\.pdf holds/,
    ])
      assert.match(stdout, line);
    await writeFile(join(folder, 'e', 'more.txt'), 'slipped in');
    await assert.rejects(run('sh', [join(folder, 'e', 'verify.sh')]));
    await rm(join(folder, 'e', 'more.txt'));
  });

  test('is checked by openssl also when the tokens carry the service’s certificate and not its root', async () => {
    stamps.sendsRoot = false;
    await unpack((await make()).bytes, 'rootless');
    stamps.sendsRoot = true;
    const chain = await readFile(join(folder, 'rootless', 'certs/tsa-chain.pem'), 'utf8');
    assert.equal(chain.split('BEGIN CERTIFICATE').length - 1, 1);
    const { stdout } = await run('sh', [join(folder, 'rootless', 'verify.sh')]);
    assert.equal(stdout.match(/ok: time stamp of/g)?.length, 2);
    const token = join(folder, 'rootless', 'log/checkpoint-1.tsr');
    const bytes = await readFile(token);
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
    await writeFile(token, bytes);
    await assert.rejects(run('sh', [join(folder, 'rootless', 'verify.sh')]));
  });

  test('says in both scripts that the root of the time-stamping service was not checked', async () => {
    const shell = await run('sh', [join(folder, 'e', 'verify.sh')]);
    assert.match(shell.stdout, /note: .*root of the time-stamping service was not checked/);
    const script = await run(process.execPath, [join(folder, 'e', 'verify.mjs')], { env: {} });
    assert.match(script.stdout, /note: .*root of the time-stamping service was not checked/);
  });

  test('is checked by openssl also when only its seal was stamped', async () => {
    stamps.failing = 1; // the first is that of the checkpoint
    await unpack((await make()).bytes, 'sealOnly');
    const { stdout } = await run('sh', [join(folder, 'sealOnly', 'verify.sh')]);
    assert.equal(stdout.match(/ok: time stamp of/g)?.length, 1);
  });

  test('carries no stamp whose signature does not hold', async () => {
    stamps.mood = 'forging';
    const { bytes } = await make();
    stamps.mood = 'well';
    const checked = await checkEvidence(bytes);
    assert.deepEqual([checked.broken, checked.facts.stamps], [null, []]);
  });

  test('openssl verifies seal and time stamp word for word as the README says', async () => {
    const at = (name: string) => join(folder, 'e', name);
    const cms = [
      'cms',
      '-verify',
      '-cades',
      '-binary',
      '-inform',
      'DER',
      '-in',
      at('META-INF/signature001.p7s'),
    ];
    await run('openssl', [
      ...cms,
      '-content',
      at('META-INF/ASiCManifest001.xml'),
      '-CAfile',
      at('certs/root.pem'),
      '-purpose',
      'any',
      '-out',
      '/dev/null',
    ]);
    const ts = [
      'ts',
      '-verify',
      '-data',
      at('META-INF/ASiCManifest002.xml'),
      '-in',
      at('META-INF/timestamp001.tst'),
      '-token_in',
    ];
    await run('openssl', [...ts, '-CAfile', stamps.rootFile]);
    await run('openssl', [
      'ts',
      '-verify',
      '-data',
      at('log/checkpoint.txt'),
      '-in',
      at('log/checkpoint-1.tsr'),
      '-token_in',
      '-CAfile',
      stamps.rootFile,
    ]);
  });

  test('closes the links that its mails carry, and says that it was made', async () => {
    const ids = (await installation.messages(dispatchId)).map((message) => message.id);
    const links = await asWorker(installation.database, (tx) => linksOf(tx, ids));
    assert.ok(links.every((link) => link.revokedAt !== null));
    const again = await make();
    const names = readArchive(again.bytes).map((entry) => entry.name);
    assert.ok(names.some((name) => name.endsWith('-evidence.issued.json')));
    assert.equal((await checkEvidence(again.bytes)).broken, null);
  });
});

describe('the report', () => {
  test('is a PDF/A-3b in structure: XMP, output intent, embedded fonts, its events as associated file', async () => {
    const text = report.toString('latin1');
    assert.match(text, /<pdfaid:part>3<\/pdfaid:part>/);
    assert.match(text, /<pdfaid:conformance>B<\/pdfaid:conformance>/);
    assert.match(text, /\/OutputIntents/);
    assert.match(text, /\/AFRelationship \/Data/);
    assert.match(text, /\/AF \[/);
    assert.doesNotMatch(text, /\/Encrypt/);
    const path = join(folder, 'report.pdf');
    await writeFile(path, report);
    const { stdout: fonts } = await run('pdffonts', [path]);
    assert.ok(
      fonts
        .split('\n')
        .slice(2)
        .filter(Boolean)
        .every((line) => /\byes\b/.test(line)),
      fonts,
    );
    await run('qpdf', ['--check', path]);
  });

  test('is a PDF/A-3b for veraPDF', async (t) => {
    const path = join(folder, 'report-a.pdf');
    await writeFile(path, report);
    await assertPdfA3b(t, [path]);
  });

  test('is valid and trusted for pdfsig with our root', async () => {
    const path = join(folder, 'report.pdf');
    await writeFile(path, report);
    const nss = join(folder, 'nss');
    await mkdir(nss, { recursive: true });
    await run('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password']);
    await run('certutil', [
      '-A',
      '-d',
      `sql:${nss}`,
      '-n',
      'root',
      '-t',
      'CT,C,C',
      '-i',
      join(folder, 'e', 'certs/root.pem'),
    ]);
    const { stdout } = await run('pdfsig', ['-nssdir', nss, path]);
    assert.match(stdout, /Signature is Valid/);
    assert.match(stdout, /Certificate is Trusted/);
    assert.match(stdout, /Total document signed/);
  });

  test('is whole also when several of one dispatch are made at the same moment', async () => {
    const files = await Promise.all([make(), make(), make()]);
    for (const { bytes } of files) assert.equal((await checkEvidence(bytes)).broken, null);
  });

  test('says what it proves and what it does not, in the language of the dispatch', async () => {
    const path = join(folder, 'report.pdf');
    await writeFile(path, report);
    const { stdout } = await run('pdftotext', ['-layout', path, '-']);
    for (const words of [
      /Evidence of a dispatch/,
      /els@peeters\.example/,
      /What this proves/,
      /What this does not prove/,
      /How to check it/,
    ])
      assert.match(stdout, words);
    assert.deepEqual(catalogueProblems(proofCatalogues, languages), []);
    assert.ok((await readFile(path)).length < 400_000);
  });
});

import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { sha256 } from '#base/crypto';
import { day, hour, after as later } from '#base/time';
import { createApiKey } from '#domain/accounts';
import { readMailBytes } from '#domain/outbox';
import { erasePerson } from '#domain/privacy';
import { startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { startPolite } from '../../../test/servers/index.ts';
import { unzip } from '../../../test/unzip.ts';
import { exportedColumns, listCompanyTables } from './company-rows-table.ts';
import { askExport, type CompanyExport, getExports, packExport, workExports } from './index.ts';
import { leftOutTables, withheldColumns } from './left-out.ts';

let installation: TestInstallation;
let now = new Date('2026-11-22T10:00:00Z');
let key: string;
before(async () => {
  installation = await testInstallation({ clock: () => now });
  const { companyId, database } = installation;
  const document = await installation.addInvoice({ number: '2026-0147' });
  const [message] = await installation.send(document, { to: ['els@peeters.example'] });
  now = later(now, hour);
  const worker = await startWorker(installation);
  await until('the mails have left', async () =>
    (await installation.messages(message?.dispatchId ?? '')).every((one) => one.delivery === 'handed_off'),
  );
  await worker.stop();
  key = await inCompany(database, companyId, async (tx) => {
    const made = await createApiKey(tx, { companyId, name: 'ERP', rights: 'all' }, now);
    return made.key;
  });
});
after(() => installation.close());

const clock = () => now;
const work = (signal?: AbortSignal) => workExports(installation.exports, clock, signal);

function ask(): Promise<CompanyExport> {
  const { companyId, database, author } = installation;
  const request = { companyId, actor: 'user', by: author.id } as const;
  return inCompany(database, companyId, (tx) => askExport(tx, request, now));
}

async function read(id: string): Promise<CompanyExport> {
  const { companyId, database } = installation;
  const [one] = await inCompany(database, companyId, (tx) => getExports(tx, companyId, { id }));
  assert.ok(one);
  return one;
}

async function make(): Promise<CompanyExport> {
  const { id } = await ask();
  while (await work());
  const one = await read(id);
  assert.equal(one.state, 'ready');
  return one;
}

async function zipOf(one: CompanyExport): Promise<Map<string, Buffer>> {
  const packed = await packExport(installation, one);
  const bytes = await buffer(packed.stream);
  assert.equal(bytes.length, packed.bytes, 'the length is known before the first byte');
  return unzip(bytes);
}

type Manifest = {
  tables: { name: string; rows: number; parts: { path: string; sha256: string; rows: number }[] }[];
  files: { count: number; missing: number; parts: { path: string; sha256: string }[] };
};
const manifestOf = (zip: Map<string, Buffer>): Manifest =>
  JSON.parse(zip.get('manifest.json')?.toString() ?? '');
const linesOf = (bytes: Buffer | undefined) =>
  (bytes?.toString() ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const filesOf = (zip: Map<string, Buffer>) =>
  manifestOf(zip).files.parts.flatMap(({ path }) => linesOf(zip.get(path)));

test('every table of a company is exported, or left out with a reason that is still true of a table', async () => {
  const zip = await zipOf(await make());
  const tables = await asWorker(installation.database, listCompanyTables);
  const exported = new Set(manifestOf(zip).tables.map(({ name }) => name));
  for (const { name } of tables)
    assert.ok(exported.has(name) !== name in leftOutTables, `${name} is neither exported nor left out`);
  const known = new Map(tables.map((table) => [table.name, table.columns]));
  for (const name of Object.keys(leftOutTables)) assert.ok(known.has(name), `there is no table ${name}`);
  for (const [name, columns] of Object.entries(withheldColumns))
    for (const column of Object.keys(columns))
      assert.ok(known.get(name)?.includes(column), `there is no column ${name}.${column}`);
});

/** Columns whose name or type is that of a secret, and that are none. */
const harmless = new Set(
  `companies.hints_off contacts.email_key customers.name_key disclosures.salt bank_entries.entry_key events.hash events.prev events.raw
  received_documents.decision_hash sandbox_mails.raw suppressions.address_key
  tracking_refusals.address_hash tracking_refusal_keys.key`.split(/\s+/),
);

test('no column that holds bytes, or sounds like a secret, is exported unless somebody has looked at it', async () => {
  const tables = await asWorker(installation.database, listCompanyTables);
  const { rows } = await installation.database.owner.query<{ column: string }>(
    `select table_name || '.' || column_name as column from information_schema.columns
     where table_schema = current_schema() and data_type = 'bytea'`,
  );
  const bytes = new Set(rows.map(({ column }) => column));
  const sounds = /secret|token|password|(^|_)mac$|hash|key|salt|lease/;
  for (const table of tables)
    for (const column of exportedColumns(table) ?? []) {
      const name = `${table.name}.${column}`;
      const isSuspect = bytes.has(name) || sounds.test(column);
      assert.ok(!isSuspect || harmless.has(name), `${name}: withhold it, or say that it is harmless`);
    }
});

test('an export holds every row, every file with the hash that it is listed under, and the mails as they were sent', async () => {
  const { companyId, database, files } = installation;
  const one = await make();
  const zip = await zipOf(one);
  const manifest = manifestOf(zip);
  for (const table of manifest.tables) {
    const lines = table.parts.flatMap(({ path }) => linesOf(zip.get(path)));
    assert.equal(lines.length, table.rows, table.name);
    for (const { path, sha256: hash } of table.parts)
      assert.equal(sha256(zip.get(path) ?? '').toString('hex'), hash, path);
  }
  const documents = linesOf(zip.get('tables/documents-0001.jsonl'));
  assert.equal(documents[0].number, '2026-0147');
  assert.equal(documents[0].total, String(documents[0].total), 'amounts are text');
  const list = filesOf(zip);
  assert.equal(list.length, manifest.files.count);
  for (const { path, sha256: hash, bytes } of list) {
    assert.equal(sha256(zip.get(path) ?? '').toString('hex'), hash, path);
    assert.equal(zip.get(path)?.length, bytes);
  }
  const pdf = list.find((line) => line.table === 'documents' && line.column === 'sha256');
  assert.match(pdf.path, /^documents\/doc_[^/]+\.pdf$/);
  assert.deepEqual(zip.get(pdf.path), await files.get(companyId, documents[0].sha256));
  const listed = new Set([...list.map(({ path }) => path), ...manifest.files.parts.map(({ path }) => path)]);
  const parts = manifest.tables.flatMap((table) => table.parts.map(({ path }) => path));
  for (const path of zip.keys())
    assert.ok(listed.has(path) || parts.includes(path) || /^(README\.txt|manifest\.json)$/.test(path), path);
  const mails = await inCompany(database, companyId, (tx) =>
    tx.selectFrom('mails').select('message_id').execute(),
  );
  assert.equal(mails.length, 2, 'one to the customer, one copy');
  for (const { message_id: id } of mails) {
    const sent = await inCompany(database, companyId, (tx) => readMailBytes(tx, files, companyId, id));
    assert.deepEqual(zip.get(`mails/${id}.eml`), sent);
  }
});

test('an export holds no password and no key, and nothing of another company', async () => {
  const { database } = installation;
  const server = await startPolite({ users: { claire: 'a very secret one' } });
  await installation.connect(server.port, { user: 'claire', password: 'a very secret one' });
  await server.close();
  await asWorker(database, (tx) =>
    tx
      .insertInto('customers')
      .values({
        id: 'cus_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
        company_id: 'com_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
        name: 'Stranger Ltd',
        name_key: 'stranger',
        created_at: now,
      } as never)
      .execute(),
  );
  const all = Buffer.concat([...(await zipOf(await make())).values()]).toString('latin1');
  const { rows } = await database.owner.query<{ sealed: string }>(
    `select encode(secret, 'base64') as sealed from senders where secret is not null`,
  );
  assert.ok(rows.length > 0);
  for (const word of ['a very secret one', key, 'Stranger Ltd', ...rows.map(({ sealed }) => sealed)])
    assert.ok(!all.includes(word), word);
  assert.ok(all.includes('els@peeters.example'));
});

test('while an export is being made, asking again gives the same one', async () => {
  const first = await ask();
  assert.equal((await ask()).id, first.id);
  while (await work());
  assert.notEqual((await ask()).id, first.id);
  while (await work());
});

test('a worker that stops gives the export back untried; one that died is followed by another', async () => {
  const { id } = await ask();
  const stopping = new AbortController();
  stopping.abort();
  await work(stopping.signal);
  assert.deepEqual([(await read(id)).state, (await read(id)).tries], ['waiting', 0]);
  await installation.database.owner.query(
    `alter table company_exports no force row level security;
     update company_exports set lease = 'dead', leased_until = '2026-11-22T11:15:00Z', tries = 1 where id = '${id}'`,
  );
  assert.equal(await work(), false, 'it is in the hands of another');
  now = later(now, hour);
  while (await work());
  assert.equal((await read(id)).state, 'ready');
});

test('a file that cannot be read is named in the list, and the rest is there', async () => {
  const { companyId, files } = installation;
  const document = await installation.addInvoice({ number: '2026-0148' });
  await files.remove(companyId, document.sha256);
  const one = await make();
  assert.equal(one.missing, 1);
  const zip = await zipOf(one);
  const [lost] = filesOf(zip).filter(({ path }) => path === null);
  assert.deepEqual([lost.table, lost.row, lost.sha256], ['documents', document.id, document.sha256]);
});

test('after three tries an export has failed, and the owners hear of it', async () => {
  const { id } = await ask();
  const broken = { ...installation.files, put: () => Promise.reject(new Error('no room')) };
  const deps = { ...installation.exports, files: broken };
  for (let tries = 0; tries < 3; tries += 1) await assert.rejects(workExports(deps, clock), /no room/);
  assert.equal((await read(id)).state, 'failed');
  assert.equal(await work(), false);
  assert.match(await newestMail(), /could not be made/);
});

async function newestMail(): Promise<string> {
  const [mail] = await asWorker(installation.database, (tx) =>
    tx.selectFrom('house_mails').selectAll().orderBy('id', 'desc').limit(1).execute(),
  );
  assert.equal(mail?.kind, 'account');
  return JSON.stringify([mail.address, mail.content]);
}

test('the owner is mailed where to find it; after 7 days its parts are gone, and documents are not', async () => {
  const { companyId, files, database } = installation;
  const one = await make();
  const mail = await newestMail();
  assert.match(mail, /claire@vautrin\.example/);
  assert.match(mail, /\/settings\/data/);
  const entries = await inCompany(database, companyId, (tx) =>
    tx.selectFrom('company_export_entries').selectAll().where('export_id', '=', one.id).execute(),
  );
  now = later(now, 7 * day);
  while (await work());
  assert.equal((await read(one.id)).state, 'expired');
  for (const { source, ref } of entries)
    if (source !== 'mail') assert.equal(await files.has(companyId, ref), source === 'file', ref);
  assert.ok(
    entries.some(({ source }) => source === 'part') && entries.some(({ source }) => source === 'file'),
  );
});

test('when a person is erased, exports end', async () => {
  const { companyId, database, author } = installation;
  const one = await make();
  const by = { actor: 'user', id: author.id, name: author.name } as const;
  await inCompany(database, companyId, (tx) =>
    erasePerson(tx, { companyId, address: 'els@peeters.example', by }, now),
  );
  while (await work());
  assert.equal((await read(one.id)).state, 'expired');
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, after as later } from '#base/time';
import { createApiKey } from '#domain/accounts';
import { record } from '#domain/evidence';
import { workExports } from '#domain/exports';
import { makeApi } from '#entrypoints/api';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, tokenIn, type Visitor, visitor } from '../../../../test/staff.ts';
import { unzip } from '../../../../test/unzip.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let now = new Date('2026-11-22T10:00:00Z');
before(async () => {
  installation = await testInstallation({ clock: () => now });
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  await installation.addInvoice({ number: '2026-0147' });
});
after(async () => {
  await web.close();
  await installation.close();
});

const path = '/settings/data';
const page = async () => (await browser.get(path)).text();
const post = async (to: string, form: Record<string, string> = {}) =>
  browser.post(to, { csrf: await browser.token('/settings/people'), ...form });
const work = async () => {
  while (await workExports(installation.exports, () => now));
};

/** Somebody of the company who joined by a link. */
async function joined(role: string): Promise<Visitor> {
  const email = `${role}@vautrin.example`;
  const html = await (await post('/settings/people', { email, role })).text();
  const link = /class="secret">http:\/\/localhost:\d+(\/join\?token=[^<]+)</.exec(html)?.[1] ?? '';
  const guest = visitor(web.app);
  const csrf = tokenIn(await (await guest.get(link)).text());
  const token = new URL(link, 'http://x').searchParams.get('token') ?? '';
  await guest.post('/join', { csrf, token, name: role, password: 'a long enough one' });
  return guest;
}

test('an owner asks for everything, sees it being made, downloads it, and the log says so', async () => {
  assert.match(await page(), /Nothing was exported yet/);
  assert.equal((await post(path)).status, 303);
  const waiting = await page();
  assert.match(waiting, /Being put together/);
  assert.doesNotMatch(waiting, /Put everything together/, 'one at a time');
  const early = /exp_[0-9A-Z]{26}/.exec(JSON.stringify(await exportIds()))?.[0] ?? '';
  assert.equal((await browser.get(`${path}/${early}/file`)).headers.get('location'), path);
  await work();
  const link = /href="(\/settings\/data\/exp_[^"]+\/file)"/.exec(await page())?.[1] ?? '';
  const answer = await browser.get(link);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-disposition') ?? '', /envoi-export-2026-11-22-exp_/);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.equal(String(bytes.length), answer.headers.get('content-length'));
  assert.match(unzip(bytes).get('tables/documents-0001.jsonl')?.toString() ?? '', /2026-0147/);
  const rows = await asWorker(installation.database, (tx) =>
    tx.selectFrom('events').select('type').where('type', 'like', 'company.export%').orderBy('seq').execute(),
  );
  assert.deepEqual(
    rows.map(({ type }) => type),
    ['company.export_asked', 'company.export_downloaded'],
  );
});

async function exportIds(): Promise<string[]> {
  const { companyId, database } = installation;
  const rows = await inCompany(database, companyId, (tx) =>
    tx.selectFrom('company_exports').select('id').execute(),
  );
  return rows.map(({ id }) => id);
}

test('members and accountants get neither the page nor the file, and nobody without a session does', async () => {
  const [id] = await exportIds();
  for (const role of ['member', 'accountant']) {
    const guest = await joined(role);
    assert.equal((await guest.get(path)).status, 403, role);
    assert.equal((await guest.get(`${path}/${id}/file`)).status, 403, role);
  }
  const stranger = visitor(web.app);
  assert.match((await stranger.get(`${path}/${id}/file`)).headers.get('location') ?? '', /^\/sign-in/);
  assert.equal((await browser.get(`${path}/exp_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B/file`)).status, 404);
});

test('a program asks with a key of all rights, waits, and gets the same file until it ends', async () => {
  const { companyId, database } = installation;
  const { key } = await inCompany(database, companyId, (tx) =>
    createApiKey(tx, { companyId, name: 'ERP', rights: 'all' }, now),
  );
  const { publicUrl, portalUrl } = installation.config;
  const api = makeApi({ ...installation, publicUrl, portalUrl });
  const ask = (way: string, method = 'GET') =>
    api.request(way, { method, headers: { authorization: `Bearer ${key}` } });
  const asked = (await (await ask('/exports', 'POST')).json()) as { id: string; state: string };
  assert.equal(asked.state, 'waiting');
  assert.equal((await ask(`/exports/${asked.id}/file`)).status, 409);
  await work();
  const file = await ask(`/exports/${asked.id}/file`);
  assert.equal(file.status, 200);
  const zip = unzip(Buffer.from(await file.arrayBuffer()));
  assert.equal(JSON.parse(zip.get('manifest.json')?.toString() ?? '{}').format, 1);
  now = later(now, 7 * day);
  assert.equal((await ask(`/exports/${asked.id}/file`)).status, 410, 'also before a worker has removed it');
});

test('owners see what retention has deleted, also as a table; programs read the same', async () => {
  await asWorker(installation.database, (tx) =>
    record(tx, [
      {
        type: 'evidence.pruned',
        companyId: installation.companyId,
        at: now,
        actor: 'system',
        data: { before: '2026-08-24T10:00:00.000Z', messages: 3, hits: 7, fields: 5 },
      },
    ]),
  );
  const day = now.toISOString().slice(0, 10);
  await browser.signIn();
  assert.match(await page(), /What retention has deleted/);
  const table = await browser.get('/settings/data/retention.csv');
  assert.match(await table.text(), new RegExp(`${day},2026-08-24T10:00:00.000Z,3,7,5,0\\r\\n`));
  const accountant = visitor(web.app);
  await accountant.signIn({ email: 'accountant@vautrin.example', password: 'a long enough one' });
  assert.equal((await accountant.get('/settings/data/retention.csv')).status, 403);
  const { companyId } = installation;
  const { key } = await inCompany(installation.database, companyId, (tx) =>
    createApiKey(tx, { companyId, name: 'ERP', rights: 'read' }, now),
  );
  const { publicUrl, portalUrl } = installation.config;
  const api = makeApi({ ...installation, publicUrl, portalUrl });
  const answer = await api.request('/retention', { headers: { authorization: `Bearer ${key}` } });
  const report = (await answer.json()) as { days: unknown };
  const counts = { messages: 3, hits: 7, fields: 5, dnsAnswers: 0 };
  assert.deepEqual(report.days, [{ day, before: '2026-08-24T10:00:00.000Z', ...counts }]);
});

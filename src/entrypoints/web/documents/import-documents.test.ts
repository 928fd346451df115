import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApiKey } from '#domain/accounts';
import { makeApi } from '#entrypoints/api';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

const path = '/documents/import';
const post = async (form: Record<string, string | File>) =>
  browser.post(path, { csrf: await browser.token(path), ...form });
const table =
  'Numéro;Date;Montant;Payé;Devise;Client\nF-1;05.10.2026;1 500,40;500,40;EUR;Lumière\nF-2;45.10.2026;9;;EUR;Fromagerie\n';

test('a list is looked at first, with what is wrong in sentences, and taken by a second button', async () => {
  const looked = await post({ file: new File([table], 'ouvertes <2026>.csv') });
  const html = await looked.text();
  assert.equal(looked.status, 200);
  assert.match(html, /One new document, none that is here already, one that cannot be taken/);
  assert.match(html, /ouvertes &lt;2026&gt;\.csv/);
  assert.match(html, /class="late">Date: /);
  const nothing = await (await browser.get('/documents')).text();
  assert.doesNotMatch(nothing, /F-1/, 'looking kept nothing');
  const content = /name="content" value="([^"]+)"/.exec(html)?.[1] ?? '';
  assert.equal((await post({ content })).headers.get('location'), '/documents');
  const list = await (await browser.get('/documents')).text();
  assert.match(list, /One document was taken over/);
  assert.match(list, /F-1/);
  assert.doesNotMatch(list, /F-2/);
  const again = await (await post({ file: new File([table], 'x.csv') })).text();
  assert.match(again, /No new document, one that is here already/);
  assert.doesNotMatch(again, /name="content"/, 'there is nothing to take');
});

test('what is no such list is refused with what to do', async () => {
  const wrong = await post({ file: new File(['a;b\n1;2\n'], 'x.csv') });
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /No column is the number of the document/);
  const workbook = await post({ file: new File(['PK\x03\x04 not one'], 'x.xlsx') });
  assert.match(await workbook.text(), /no workbook that can be read/);
});

test('a program looks and takes by the same rules', async () => {
  const { companyId, database, config } = installation;
  const { key } = await inCompany(database, companyId, (tx) =>
    createApiKey(tx, { companyId, name: 'ERP', rights: 'send' }, new Date()),
  );
  const { publicUrl, portalUrl } = config;
  const api = makeApi({ ...installation, publicUrl, portalUrl });
  const ask = async (csv: string, dryRun: string) => {
    const body = new FormData();
    body.append('file', new File([csv], 'open.csv'));
    body.append('dryRun', dryRun);
    const headers = { authorization: `Bearer ${key}` };
    const answer = await api.request('/documents/import', { method: 'POST', headers, body });
    return { status: answer.status, json: (await answer.json()) as { items: Line[]; errors?: unknown } };
  };
  type Line = { outcome: string; documentId: string | null; problems: { path: string; message: string }[] };
  const csv = 'Number;Customer;Amount;Currency\nP-1;Nox AG;10.00;EUR\nP-2;Nox AG;ten;EUR\n';
  const dry = await ask(csv, 'true');
  assert.deepEqual(
    dry.json.items.map(({ outcome, documentId }) => [outcome, documentId]),
    [
      ['new', null],
      ['wrong', null],
    ],
  );
  assert.equal(dry.json.items[1]?.problems[0]?.path, 'total');
  const done = await ask(csv, 'false');
  assert.match(done.json.items[0]?.documentId ?? '', /^doc_/);
  assert.equal((await ask(csv, 'false')).json.items[0]?.outcome, 'known');
  assert.equal((await ask('a;b\n1;2\n', 'false')).status, 422);
});

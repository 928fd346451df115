import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { writeWorkbook } from '#formats/sheet';
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

const path = '/customers/import';
const post = async (form: Record<string, string | File>) =>
  browser.post(path, { csrf: await browser.token(path), ...form });
const table = 'Nom;E-mail\nBoulangerie Lumière;els@lumiere.example\nFromagerie;pas une adresse\n';
const customers = async () => (await browser.get('/customers')).text();

test('a table is looked at first, and taken by a second button', async () => {
  const looked = await post({ file: new File([table], 'clients <2026>.csv') });
  const html = await looked.text();
  assert.equal(looked.status, 200);
  assert.match(html, /One new customer, none that is known, one that cannot be taken/);
  assert.match(html, /pas une adresse|This is no e-mail address/);
  assert.match(html, /clients &lt;2026&gt;\.csv/);
  assert.doesNotMatch(await customers(), /Boulangerie/, 'looking changed nothing');
  const content = /name="content" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const taken = await post({ fileName: 'x', content });
  assert.equal(taken.status, 303);
  const list = await customers();
  assert.match(list, /One customer was taken over/);
  assert.match(list, /Boulangerie Lumière/);
  assert.doesNotMatch(list, /Fromagerie/);
});

test('a workbook is taken as a CSV file is', async () => {
  const columns = ['Name', 'E-mail'].map((title) => ({ title, width: 20 }));
  const rows = (async function* () {
    yield [['Café Belle-Île', 'jo@belle-ile.example']];
  })();
  const bytes = await buffer(writeWorkbook({ name: 'Clients', columns, rows }));
  const html = await (await post({ file: new File([new Uint8Array(bytes)], 'clients.xlsx') })).text();
  assert.match(html, /One new customer/);
  assert.match(html, /Café Belle-Île/);
});

test('what is no table of customers is refused with what to do', async () => {
  const wrong = await post({ file: new File(['a;b\n1;2\n'], 'x.csv') });
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /No column is the name of the customer/);
  assert.equal((await post({ content: '' })).status, 422);
});

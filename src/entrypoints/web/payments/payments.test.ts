import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Document, getDocument, paidState } from '#domain/documents';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let csrf: string;

before(async () => {
  installation = await testInstallation({ clock: () => new Date('2026-11-20T09:00:00Z') });
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  csrf = await browser.token('/payments');
});
after(async () => {
  await web.close();
  await installation.close();
});

const known = async (document: Document): Promise<Document> => {
  const found = await asWorker(installation.database, (tx) =>
    getDocument(tx, installation.companyId, document.id),
  );
  return found ?? assert.fail();
};

async function bringIn(text: string): Promise<string> {
  const answer = await browser.post('/payments/file', { csrf, file: new File([text], 'bank.csv') });
  assert.equal(answer.status, 303);
  return (await browser.get('/payments')).text();
}

/** The fields of the open lines, as the page offers them. */
function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = { csrf };
  for (const [, name = '', inside = ''] of html.matchAll(
    /<select name="(entry-[^"]+)"[^>]*>(.*?)<\/select>/gs,
  ))
    fields[name] = /<option value="([^"]*)" selected/.exec(inside)?.[1] ?? '';
  return fields;
}

test('money that agrees with an invoice is chosen already, and paid only when a person confirms', async () => {
  const invoice = await installation.addInvoice({
    number: '2026-7001',
    total: '1500.40',
    amountDue: '1500.40',
  });
  const html = await bringIn('Date;Name;Description;Amount\n18/11/2026;Hôtel Bellevue;2026/7001;1500,40');
  assert.equal(paidState(await known(invoice)), 'unpaid');
  assert.match(html, /bank\.csv/);
  const fields = fieldsOf(html);
  assert.deepEqual(Object.values(fields).slice(1), [invoice.id]);
  assert.equal((await browser.post('/payments/confirm', fields)).status, 303);
  const paid = await known(invoice);
  assert.deepEqual([paid.paidOn, paid.paidAmount], ['2026-11-18', '1500.40']);
});

test('the same file again changes nothing', async () => {
  const table = 'Date;Name;Description;Amount\n18/11/2026;Hôtel Bellevue;2026/7001;1500,40';
  assert.match(await bringIn(table), /nothing of it new/);
});

test('a part is added to what was paid before, and a typed number serves where nothing was proposed', async () => {
  const invoice = await installation.addInvoice({ number: 'X9', total: '300.00', amountDue: '300.00' });
  for (const [day, sum] of [
    ['10/11/2026', '100,00'],
    ['11/11/2026', '200,00'],
  ]) {
    const html = await bringIn(`Date;Description;Amount\n${day};part;${sum}`);
    const [name = ''] = Object.keys(fieldsOf(html)).filter((one) => one.startsWith('entry-'));
    const fields = { csrf, [name]: '', [name.replace('entry-', 'number-')]: 'x9' };
    assert.equal((await browser.post('/payments/confirm', fields)).status, 303);
  }
  const paid = await known(invoice);
  assert.equal(paid.paidAmount, '300.00');
  assert.equal(paidState(paid), 'paid');
});

test('a number that nothing has is said, and the money stays open', async () => {
  const html = await bringIn('Date;Description;Amount\n12/11/2026;who knows;77,00');
  const [name = ''] = Object.keys(fieldsOf(html)).filter((one) => one.startsWith('entry-'));
  const typed = { csrf, [name]: '', [name.replace('entry-', 'number-')]: 'nope' };
  await browser.post('/payments/confirm', typed);
  assert.match(await (await browser.get('/payments')).text(), /no document with the number “nope”/);
  const put = await browser.post(`/payments/${name.slice('entry-'.length)}`, { csrf, do: 'ignore' });
  assert.equal(put.status, 303);
  assert.match(await (await browser.get('/payments?tab=ignored')).text(), /who knows/);
});

test('a file that is none of a bank comes back with its reason', async () => {
  const answer = await browser.post('/payments/file', { csrf, file: new File(['<x/>'], 'x.xml') });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /no statement of a bank/);
});

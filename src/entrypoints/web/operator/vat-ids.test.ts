import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeCompany, removeOperator } from '#domain/accounts';
import { standingOf } from '#domain/network';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { addCompany, type OtherCompany } from '../../../../test/network.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

const vatId = 'BE0403170701';
let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let hotel: OtherCompany;
before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  hotel = await addCompany(installation, 'Hôtel Bellevue SA', vatId);
});
after(async () => {
  await web.close();
  await installation.close();
});

const page = async () => (await browser.get('/operator')).text();
const post = async (path: string, form: Record<string, string>) =>
  browser.post(path, { csrf: await browser.token('/operator'), ...form });
const namesOf = (companyId: string) =>
  inCompany(installation.database, companyId, (tx) => standingOf(tx, companyId));

test('the operator sees which VAT ids wait, confirms one, and takes it back', async () => {
  assert.match(await page(), /Hôtel Bellevue SA[\s\S]*BE0403170701[\s\S]*What you have seen/);
  const asked = { company: hotel.companyId, vatId, note: 'VIES, today' };
  assert.equal((await post('/operator/vat-ids', asked)).status, 303);
  assert.equal((await namesOf(hotel.companyId)).unconfirmedVatId, null);
  assert.match(await page(), /name="vatId" value="BE0403170701"|value="BE0403170701"[^>]*name="vatId"/);
  assert.doesNotMatch(await page(), /What you have seen/);
  assert.equal((await post('/operator/vat-ids/withdraw', { vatId })).status, 303);
  assert.equal((await namesOf(hotel.companyId)).unconfirmedVatId, vatId);
  await post('/operator/vat-ids/withdraw', { vatId });
  assert.match(await page(), /It was withdrawn already/);
});

test('one VAT id is never two companies’, and none is confirmed that the company does not state', async () => {
  const thief = await addCompany(installation, 'Bellevue Hotels', vatId);
  await post('/operator/vat-ids', { company: hotel.companyId, vatId });
  await post('/operator/vat-ids', { company: thief.companyId, vatId });
  assert.match(await page(), /is confirmed for another company/);
  assert.deepEqual((await namesOf(thief.companyId)).names, []);
  await inCompany(installation.database, thief.companyId, (tx) =>
    changeCompany(tx, thief.companyId, { vatId: 'BE0000000097' }, new Date()),
  );
  await post('/operator/vat-ids', { company: thief.companyId, vatId });
  assert.match(await page(), /states another VAT id by now/);
});

test('for everybody else there is nothing to confirm', async () => {
  const csrf = await browser.token('/operator');
  const { rows } = await installation.database.owner.query('select user_id from operators');
  await asWorker(installation.database, (tx) => removeOperator(tx, rows[0].user_id));
  for (const path of ['/operator/vat-ids', '/operator/vat-ids/withdraw'])
    assert.equal((await browser.post(path, { csrf, company: hotel.companyId, vatId })).status, 404);
});

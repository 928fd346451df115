import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkSubmissionLogin, listApiKeys, listSubmissionLogins, replacePlans } from '#domain/accounts';
import { asWorker, inCompany } from '#stores/database';
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

const path = '/settings/programs';
const logins = () =>
  inCompany(installation.database, installation.companyId, (tx) =>
    listSubmissionLogins(tx, installation.companyId),
  );

test('a login is made, its password is shown once, works, and ends when it is revoked', async () => {
  const csrf = await browser.token(path);
  const made = await browser.post(path, {
    csrf,
    name: 'ERP',
    tracking: 'links',
    attach: 'on',
    ownText: 'on',
  });
  const password = /class="secret">([^<]+)</.exec(await made.text())?.[1] ?? '';
  const [login] = await logins();
  assert.deepEqual(
    [login?.name, login?.tracking, login?.attach, login?.link, login?.ownText],
    ['ERP', 'links', true, false, true],
  );
  const check = () =>
    checkSubmissionLogin(
      installation.database,
      { username: login!.username, password, network: '192.0.2.1' },
      new Date(),
    );
  assert.equal((await check()).ok, true);
  assert.ok(!(await (await browser.get(path)).text()).includes(password));
  await browser.post(`${path}/${login!.id}/revoke`, { csrf });
  assert.equal((await check()).ok, false);
  assert.deepEqual(await logins(), []);
  assert.equal((await browser.post(`${path}/${login!.id}/revoke`, { csrf })).status, 404);
});

test('a login without attachment and link is refused with a sentence', async () => {
  const csrf = await browser.token(path);
  const answer = await browser.post(path, { csrf, name: 'ERP', tracking: 'full' });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /the recipient would get nothing/);
});

test('a plan without the API says so quietly where keys are made, and makes none', async () => {
  const { database, companyId } = installation;
  const csrf = await browser.token(path);
  const small = { name: 'small', features: ['engagement'] as const, isUsual: true };
  await asWorker(database, (tx) => replacePlans(tx, [small], new Date()));
  const page = await browser.get('/settings/keys');
  const text = await page.text();
  assert.equal(page.status, 200);
  assert.match(text, /In a higher plan, your programs send and ask by the API/);
  assert.doesNotMatch(text, /name="rights"/);
  const refused = await browser.post('/settings/keys', { csrf, name: 'ERP', rights: 'all' });
  assert.equal(refused.status, 403);
  assert.deepEqual(await inCompany(database, companyId, (tx) => listApiKeys(tx, companyId)), []);
  await asWorker(database, (tx) => replacePlans(tx, [], new Date()));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { startIncamail } from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { programOf, until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

test('an account with the provider offers its services in the send window, and the mail goes there marked', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const fake = await startIncamail();
  t.after(() => fake.close());
  const { url } = await startEnvoi(t, founded);
  const program = programOf(url);
  const form = new FormData();
  form.set('file', new File([new Uint8Array(await facturxPdf({ number: '2026-0411' }))], 'invoice.pdf'));
  const invoice = await program.ask('POST /documents', form);
  const window = `${url}/send?document=${invoice.id}`;
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  await signIn(page, url);
  await page.goto(window);
  assert.equal(await page.locator('[name=service][value=incamail_registered]').count(), 0);

  await program.ask('POST /providers/incamail', {
    isActive: true,
    ...{ address: fake.user, user: fake.user, password: fake.password },
    ...{ host: '127.0.0.1', port: fake.smtp.port, security: 'none', verifyCertificate: true },
    ...{ marking: 'subject', headerName: '', suffix: '.incamail.ch' },
    ...{ receiptsFrom: [fake.receiptsFrom], roots: fake.root, mostBytes: 30 * 2 ** 20 },
  });
  await page.goto(window);
  await page.check('[name=service][value=incamail_registered]', { force: true });
  await page.waitForFunction(() => /IncaMail/.test(document.querySelector('main')?.textContent ?? ''));
  const faults = await look(page, 'send-by-incamail');
  await page.click('#send-foot button');
  await page.waitForURL((to) => !to.pathname.startsWith('/send'));
  await until('the provider has the mail', async () => fake.smtp.mails.length > 0);
  assert.match(fake.smtp.mails[0]?.to.join() ?? '', /\.incamail\.ch/);
  assert.deepEqual(faults, []);
  assert.deepEqual(complaints, []);
});

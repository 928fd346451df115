import assert from 'node:assert/strict';
import type { Hono } from 'hono';
import { createApiKey } from '#domain/accounts';
import type { Message } from '#domain/outbox';
import { getDelivery } from '#domain/registered';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { makeWebApp } from '../src/roof/web-app.ts';
import { listenOnLoopback, runInWorld } from './command-line.ts';
import { type TestInstallation, testInstallation, until } from './installation.ts';
import { visitor } from './staff.ts';

/**
 * An installation at work whose buttons are pressed in a signed-in browser, and whose commands are run against the served API. `prepare`
 * sets up what must be there before the worker starts.
 */
export async function testPressing(prepare?: (installation: TestInstallation) => Promise<unknown>) {
  const installation = await testInstallation();
  await prepare?.(installation);
  const app = await makeWebApp(installation);
  const served = await listenOnLoopback({ fetch: (request) => app.fetch(request, {}) });
  const worker: Loop = await startWorker(installation);
  const request = (path: string, init: RequestInit) => app.fetch(new Request(path, init), {});
  const browser = visitor({ request } as unknown as Pick<Hono, 'request'>);
  await browser.signIn();
  const key = await makeKey(installation);
  const page = async (path: string) => (await browser.get(path)).text();
  return {
    installation,
    app,
    browser,
    page,
    /** Runs a command of the program. */
    run: (...argv: readonly string[]) =>
      runInWorld(argv, { running: async () => ({ url: served.url, key }) }),
    /** Presses a button of the page `from`: posts its form, and returns the page that follows. */
    press: async (to: string, from: string, form: Readonly<Record<string, string>> = {}) => {
      const answer = await browser.post(to, { csrf: await browser.token(from), ...form });
      assert.equal(answer.status, 303, to);
      return page(answer.headers.get('location') ?? '');
    },
    /** Sends an invoice registered, and waits until its notice has left. */
    sendRegistered: (address: string) => sendRegistered(installation, address),
    close: async () => {
      await worker.stop();
      await served.close();
      await app.close();
      await installation.close();
    },
  };
}

function makeKey({ database, companyId, clock }: TestInstallation): Promise<string> {
  const wanted = { companyId, name: 'ERP', rights: 'all' } as const;
  return inCompany(database, companyId, async (tx) => (await createApiKey(tx, wanted, clock())).key);
}

async function sendRegistered(installation: TestInstallation, address: string): Promise<Message> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service: 'registered' });
  assert.ok(message);
  const find = () => asWorker(installation.database, (tx) => getDelivery(tx, message.id));
  await until('the notice has left', async () => (await find())?.notifiedAt, 60_000);
  return message;
}

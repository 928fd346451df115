import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTlsCertificate } from '#config';
import { readEvents, sequence } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { startSmtpIn } from '#entrypoints/smtp-in';
import { startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { freePort } from '../free-port.ts';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { makeSelfSigned, startPostfix } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';

test('a real relay reports what became of each mail to its own return path, of success too', async (t) => {
  const port = await freePort();
  const postfix = await startPostfix({
    tls: await makeSelfSigned({ names: ['localhost'] }),
    returns: { 'gone.example': '5.1.1 User unknown', 'small.example': '5.3.4 Message too big for system' },
    relays: { 'bounce.platform.example': port },
  });
  if (!postfix) return skipLoudly(t, 'postfix, as root');
  const installation = await testInstallation({
    env: { ENVOI_SMTP_URL: `smtp://127.0.0.1:${postfix.port}`, ENVOI_PLATFORM_DOMAIN: 'platform.example' },
  });
  const server = await startSmtpIn({
    ...installation,
    ...{ port, host: '127.0.0.1', name: 'mail.platform.example', ownDomains: ['platform.example'] },
    tls: await readTlsCertificate(installation.config, new Date()),
  });
  const worker = await startWorker(installation);
  t.after(async () => {
    await worker.stop();
    await server.close();
    await installation.close();
    await postfix.close();
  });

  assert.deepEqual(await ending(installation, 'els@peeters.example', 'accepted'), ['accepted', null]);
  assert.deepEqual(await ending(installation, 'els@gone.example', 'bounced'), ['bounced', 'mailbox_unknown']);
  assert.deepEqual(await ending(installation, 'els@small.example', 'bounced'), ['bounced', 'too_big']);
});

/** Sends, and waits for what the report makes of it; the event must name the report, found by the return path. */
async function ending(installation: TestInstallation, to: string, type: 'accepted' | 'bounced') {
  const [sent] = await installation.send(await installation.addInvoice(), { to: [to], copyToSender: false });
  assert.ok(sent);
  const event = await until(
    `${to} is reported`,
    async () => {
      await sequence(installation.database);
      const events = await asWorker(installation.database, (tx) =>
        readEvents(tx, { kind: 'message', id: sent.id, limit: 50 }),
      );
      return events.find((one) => one.type === `message.${type}`);
    },
    60_000,
  );
  assert.deepEqual([event.data['by'], event.data['matchedBy']], ['report', 'verp']);
  const messages: readonly Message[] = await installation.messages(sent.dispatchId);
  return [messages[0]?.delivery, messages[0]?.detail];
}

import type { Message } from '#domain/outbox';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { testInstallation, until } from '../../../test/installation.ts';
import { makeCode } from './code.ts';
import { checkCode, decideDelivery, runDeliveries, withdrawDelivery } from './index.ts';
import { ownProvider } from './own-provider.ts';
import { providerContract } from './provider-contract.test-suite.ts';

const day = 24 * 3600 * 1000;

providerContract('of our own', async () => {
  let now = Date.parse('2026-11-27T08:00:00Z');
  const installation = await testInstallation({ clock: () => new Date(now) });
  const worker: Loop = await startWorker(installation);
  const { database, linkKey } = installation;
  const round = async () => {
    while (await runDeliveries(installation.registered, installation.clock));
  };
  /** Shows the code and decides, as the portal does. */
  const decide = async (message: Message, decision: 'accepted' | 'refused') => {
    const { id: messageId, companyId, dispatchId } = message;
    const at = new Date(now);
    await asWorker(database, async (tx) => {
      const of = { messageId, companyId, session: `browser of ${messageId}` };
      const code = await makeCode(tx, linkKey, { ...of, channel: 'email' }, at);
      const session = await checkCode(tx, linkKey, { ...of, dispatchId, code }, at);
      const deed = { messageId, session: session ?? '', decision, statement: 'I say so.', network: null };
      const decided = await decideDelivery(tx, deed, at);
      if (!decided.ok) throw new Error(decided.reason);
    });
  };
  return {
    installation,
    provider: ownProvider,
    registered: 'registered' as const,
    send: async (to, service) => {
      const messages = await installation.send(await installation.addInvoice(), { to, service });
      await until(
        'the notices have left',
        async () => {
          const all = await installation.messages(messages[0]?.dispatchId ?? '');
          return all.every((one) => one.delivery === 'handed_off');
        },
        60_000,
      );
      await round();
      return messages;
    },
    endings: [
      ['accepted', (message) => decide(message, 'accepted')],
      ['refused', (message) => decide(message, 'refused')],
      [
        'withdrawn',
        async ({ companyId, id: messageId }) => {
          await asWorker(database, (tx) =>
            withdrawDelivery(tx, { companyId, messageId, by: 'usr_x' }, new Date(now)),
          );
        },
      ],
      [
        'expired',
        async () => {
          now += 9 * day;
          await round();
        },
      ],
    ],
    release: async () => {
      await worker.stop();
      await installation.close();
    },
  };
});

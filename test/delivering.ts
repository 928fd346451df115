import assert from 'node:assert/strict';
import PostalMime from 'postal-mime';
import type { Document } from '#domain/documents';
import type { Message } from '#domain/outbox';
import { runDeliveries, type Service } from '#domain/registered';
import { linkTokens } from '#domain/tracking';
import { type DeliveryVisitor, visitDelivery } from './delivery-visitor.ts';
import { type TestInstallation, until } from './installation.ts';

export interface Delivered {
  readonly message: Message;
  readonly document: Document;
  readonly token: string;
  /** Of its page. */
  readonly path: string;
}

/** The steps of a story about deliveries behind a code, sent into the sandbox; a worker has to run. */
export function delivering(installation: TestInstallation, app: Parameters<typeof visitDelivery>[0]) {
  const mailsTo = async (address: string) => {
    const { rows } = await installation.database.owner.query<{ raw: Buffer }>(
      'select raw from sandbox_mails where recipient = $1 order by received_at, message_id',
      [address],
    );
    return Promise.all(rows.map(({ raw }) => PostalMime.parse(raw)));
  };
  /** The newest code that was mailed to the address, when so many have come. */
  const newestCode = async (address: string, count = 1): Promise<string> => {
    const codes = await until(
      'the code has come',
      async () => {
        const found = (await mailsTo(address)).flatMap(
          (mail) => /^(\d{8})\s/.exec(mail.text ?? '')?.[1] ?? [],
        );
        return found.length >= count && found;
      },
      60_000,
    );
    return codes.at(-1) ?? '';
  };
  return {
    mailsTo,
    newestCode,
    /** Sends a delivery of a new invoice, and waits until its notice has left and its days have begun. */
    deliver: async (address: string, service: Service = 'registered'): Promise<Delivered> => {
      const document = await installation.addInvoice();
      const [message] = await installation.send(document, { to: [address], service });
      assert.ok(message);
      const hasLeft = async () =>
        (await installation.messages(message.dispatchId)).every((one) => one.delivery === 'handed_off');
      await until('the notice has left', hasLeft, 60_000);
      while (await runDeliveries(installation.registered, installation.clock));
      const token = linkTokens(installation.linkKey, message.id, 1).page;
      return { message, document, token, path: `/r/${token}` };
    },
    /** A browser that has shown a mailed code. */
    verified: async (path: string, address: string, count = 1): Promise<DeliveryVisitor> => {
      const visitor = visitDelivery(app, path);
      assert.equal((await visitor.post('code')).status, 303);
      const code = await newestCode(address, count);
      assert.equal((await visitor.post('verify', { code })).status, 303);
      return visitor;
    },
  };
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Sender } from '#domain/senders';
import type { Transport, TransportMail } from './transport.ts';

/** A transport under test, with a sender for it and a way to see what has arrived. */
export interface Bench {
  readonly transport: Transport;
  readonly sender: Sender;
  /** The bytes that are at the other end for a recipient. */
  arrived(recipient: string): Promise<readonly Buffer[]>;
  release(): Promise<void>;
}

let mails = 0;

/** A mail with everything that breaks sloppy transports: lines of dots, 8-bit text, no line end before the end. */
export function aMail(sender: Sender, more: Partial<TransportMail> = {}): TransportMail {
  mails += 1;
  const head = Buffer.from(`Message-ID: <${mails}@test.example>\r\nSubject: =?UTF-8?Q?=C3=A9?=\r\n\r\n`);
  const chunks = [head, Buffer.from('.\r\n..\r\n.a\r\n'), Buffer.from(`${'x'.repeat(70)}\r\n`.repeat(300))];
  return {
    sender,
    messageId: `msg_TEST${String(mails).padStart(6, '0')}`,
    envelope: { from: sender.address, to: `to${mails}@customer.example` },
    chunks,
    size: Buffer.concat(chunks).length,
    ...more,
  };
}

const quietly = { beforeDot: () => Promise.resolve() };

type Rule = readonly [title: string, check: (bench: Bench) => Promise<void>];

/** What every transport must keep to. */
export function transportContract(name: string, makeBench: () => Promise<Bench>): void {
  describe(`the transport ${name}`, () => {
    for (const [title, check] of rules)
      test(title, async () => {
        const bench = await makeBench();
        try {
          await check(bench);
        } finally {
          await bench.release();
        }
      });
  });
}

const rules: readonly Rule[] = [
  [
    'hands over the very bytes and says what that means',
    async ({ transport, sender, arrived }) => {
      const mail = aMail(sender);
      const delivery = await transport.deliver(mail, quietly);
      assert.equal(delivery.kind, 'accepted', JSON.stringify(delivery));
      assert.equal(delivery.accepts, 'handed_off');
      assert.ok(delivery.kind === 'accepted' && delivery.reply.code === 250);
      const [bytes, ...others] = await arrived(mail.envelope.to);
      assert.deepEqual(bytes, Buffer.concat(mail.chunks));
      assert.equal(others.length, 0);
    },
  ],

  [
    'asks before the dot, once, and has delivered nothing until then',
    async (bench) => {
      const mail = aMail(bench.sender);
      let asked = 0;
      const delivery = await bench.transport.deliver(mail, {
        beforeDot: async () => {
          asked += 1;
          assert.equal((await bench.arrived(mail.envelope.to)).length, 0);
        },
      });
      assert.deepEqual([delivery.kind, asked], ['accepted', 1]);
    },
  ],

  [
    'delivers nothing when the dot cannot be recorded',
    async ({ transport, sender, arrived }) => {
      const mail = aMail(sender);
      const refuse = { beforeDot: () => Promise.reject(new Error('the database is gone')) };
      const delivery = await transport.deliver(mail, refuse);
      assert.ok(
        delivery.kind === 'temporary' && delivery.problem === 'dot_not_recorded',
        JSON.stringify(delivery),
      );
      assert.equal((await arrived(mail.envelope.to)).length, 0);
      const again = await transport.deliver(mail, quietly);
      assert.equal(again.kind, 'accepted');
      assert.equal((await arrived(mail.envelope.to)).length, 1);
    },
  ],

  [
    'delivers many at once, each to its own recipient',
    async ({ transport, sender, arrived }) => {
      const all = Array.from({ length: 30 }, () => aMail(sender));
      const deliveries = await Promise.all(all.map((mail) => transport.deliver(mail, quietly)));
      assert.ok(deliveries.every((delivery) => delivery.kind === 'accepted'));
      for (const mail of all) assert.deepEqual(await arrived(mail.envelope.to), [Buffer.concat(mail.chunks)]);
    },
  ],

  [
    'finishes what is on its way when it is closed, and takes nothing more',
    async (bench) => {
      const { transport, sender, arrived } = bench;
      const first = aMail(sender);
      let goOn = (): void => undefined;
      const reached = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      let isAtDot = (): void => undefined;
      const atDot = new Promise<void>((resolve) => {
        isAtDot = resolve;
      });
      const running = transport.deliver(first, {
        beforeDot: () => {
          isAtDot();
          return reached;
        },
      });
      await atDot;
      const closing = transport.close();
      const late = aMail(sender);
      const refused = await transport.deliver(late, quietly);
      assert.ok(refused.kind === 'temporary' && refused.problem === 'stopped_here', JSON.stringify(refused));
      goOn();
      assert.equal((await running).kind, 'accepted');
      await closing;
      assert.equal((await arrived(first.envelope.to)).length, 1);
      assert.equal((await arrived(late.envelope.to)).length, 0);
    },
  ],

  [
    'names an account that holds no secret',
    async ({ transport, sender }) => {
      assert.match(transport.account(sender), /^(sandbox|smtp|google|microsoft):[\w.:@-]+$/);
    },
  ],
];

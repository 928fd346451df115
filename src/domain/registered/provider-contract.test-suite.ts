import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { getLetters, type Message } from '#domain/outbox';
import { asWorker, inCompany } from '#stores/database';
import type { TestInstallation } from '../../../test/installation.ts';
import type { Service } from './delivery.ts';
import type { RegisteredProvider, Status } from './provider.ts';
import type { ProviderService, Standing } from './provider-service.ts';

/** A provider under test, with a way to send through it and to play how a delivery ends. */
export interface ProviderBench<Name extends Service | ProviderService> {
  readonly installation: TestInstallation;
  readonly provider: Pick<RegisteredProvider<Name>, 'name' | 'capabilities' | 'statusOf'>;
  /** The service in which a recipient accepts or refuses. */
  readonly registered: Name;
  /** Sends a new document to these and waits until the mails have left. */
  send(to: readonly string[], service: Name): Promise<readonly Message[]>;
  /** Endings that it can have, with the deed that brings each about. */
  readonly endings: readonly (readonly [Standing, (message: Message) => Promise<void>])[];
  release(): Promise<void>;
}

/** What every provider of registered delivery must keep to. */
export function providerContract<Name extends Service | ProviderService>(
  name: string,
  makeBench: () => Promise<ProviderBench<Name>>,
): void {
  describe(`the provider ${name}`, () => {
    let bench: ProviderBench<Name>;
    before(async () => {
      bench = await makeBench();
    });
    after(() => bench.release());
    const statusOf = (message: Message, companyId = message.companyId): Promise<Status | null> =>
      asWorker(bench.installation.database, (tx) =>
        bench.provider.statusOf(tx, { companyId, messageId: message.id }),
      );
    let count = 0;
    const one = async (): Promise<Message> => {
      count += 1;
      const [message] = await bench.send([`to${count}@customer.example`], bench.registered);
      assert.ok(message);
      return message;
    };

    test('offers the services that it takes', async () => {
      const { database, companyId } = bench.installation;
      const can = await asWorker(database, (tx) => bench.provider.capabilities(tx, companyId));
      assert.ok(can);
      assert.ok(can.services.includes(bench.registered));
      assert.ok(can.window === 'chosen' || can.window > 0);
    });

    test('makes a record for each recipient, and claims nothing before somebody has said something', async () => {
      const messages = await bench.send(['a@both.example', 'b@both.example'], bench.registered);
      assert.equal(messages.length, 2);
      for (const message of messages)
        assert.deepEqual(await statusOf(message), { standing: 'waiting', by: 'nobody' });
    });

    test('has the document in the mail exactly where it is the provider who hands it over', async () => {
      const message = await one();
      const [letter] = await asWorker(bench.installation.database, (tx) =>
        getLetters(tx, [message.letterId]),
      );
      const can = await asWorker(bench.installation.database, (tx) =>
        bench.provider.capabilities(tx, bench.installation.companyId),
      );
      assert.equal((letter?.attachments.length ?? 0) > 0, can?.mostBytes !== null);
    });

    test('tells nothing of it to another company', async () => {
      const message = await one();
      assert.equal(await statusOf(message, 'com_01ARZ3NDEKTSV4RRFFQ69G5FAV'), null);
      const { database } = bench.installation;
      const seen = await inCompany(database, 'com_01ARZ3NDEKTSV4RRFFQ69G5FAV', (tx) =>
        bench.provider.statusOf(tx, { companyId: message.companyId, messageId: message.id }),
      );
      assert.equal(seen, null);
    });

    test('tells every ending that it can have, and who says so', async () => {
      for (const [standing, play] of bench.endings) {
        const message = await one();
        await play(message);
        const status = await statusOf(message);
        assert.equal(status?.standing, standing);
        assert.notEqual(status?.by, 'nobody');
      }
    });

    test('stays with the first ending, whatever is played after it', async () => {
      const [first, second] = bench.endings;
      assert.ok(first && second);
      const message = await one();
      await first[1](message);
      await second[1](message).catch(() => undefined);
      assert.equal((await statusOf(message))?.standing, first[0]);
    });
  });
}

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { minute } from '#base/time';
import { readEvents } from '#domain/evidence';
import { getDelivery, runDeliveries, type Service } from '#domain/registered';
import { linkTokens } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { type DeliveryVisitor, visitDelivery } from '../../../test/delivery-visitor.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { noticeLeft } from '../../../test/notice.ts';
import { makeWebApp } from '../../roof/web-app.ts';

let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
const begun = Date.parse('2026-11-27T08:00:00Z');
const clock = { now: begun };

before(async () => {
  installation = await testInstallation({ clock: () => new Date(clock.now) });
  app = await makeWebApp(installation);
});
after(async () => {
  await app.close();
  await installation.close();
});

const delivery = (id: string) => asWorker(installation.database, (tx) => getDelivery(tx, id));
const count = async (id: string, type: string) => {
  const events = await asWorker(installation.database, (tx) =>
    readEvents(tx, { kind: 'message', id, limit: 100 }),
  );
  return events.filter((one) => one.type === type).length;
};

/** A running delivery in the last half hour of its days, with a browser that has just shown its code. */
async function shownLate(address: string, service: Service) {
  clock.now = begun;
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service });
  const id = message?.id ?? '';
  await noticeLeft(installation, id);
  while (await runDeliveries(installation.registered, installation.clock));
  const ends = (await delivery(id))?.deadlineAt?.getTime() ?? 0;
  clock.now = ends - 30 * minute;
  const path = `/r/${linkTokens(installation.linkKey, id, 1).page}`;
  const visitor = visitDelivery(app, path);
  await showCode(visitor, address);
  return { id, path, ends, visitor, file: `${path}/files/${document.id}` };
}

async function showCode(visitor: DeliveryVisitor, address: string): Promise<void> {
  await visitor.post('code');
  const code = await until(
    'the code has come',
    async () => {
      const { rows } = await installation.database.owner.query(
        `select convert_from(raw, 'UTF8') as raw from sandbox_mails where recipient = $1`,
        [address],
      );
      return rows.flatMap(({ raw }) => /^(\d{8})\s/m.exec(raw)?.[1] ?? []).at(-1) ?? false;
    },
    60_000,
  );
  await visitor.post('verify', { code });
}

test('a confidential delivery opens exactly at the end of its days, and not a moment after it', async () => {
  const late = await shownLate('cara@late.example', 'confidential');
  const timely = await shownLate('tom@timely.example', 'confidential');
  clock.now = timely.ends;
  assert.equal((await timely.visitor.get(timely.file)).status, 200);
  clock.now = late.ends + 1;
  assert.equal((await late.visitor.get(late.file)).status, 303);
  assert.equal((await delivery(late.id))?.state, 'waiting');
  assert.equal(await count(late.id, 'content.handed_over'), 0);
  const page = await (await late.visitor.get()).text();
  assert.match(page, /time is over/);
  assert.doesNotMatch(page, /\/files\//);
  assert.equal((await timely.visitor.get(timely.file)).status, 200, 'what was opened in time stays open');
});

test('the page of one whose days are over asks for nothing more, though no round has come by', async () => {
  const { path, ends, visitor } = await shownLate('rik@late.example', 'registered');
  assert.match(await (await visitor.get()).text(), /\/accept/);
  clock.now = ends + 1;
  const page = await (await visitor.get()).text();
  assert.match(page, /time is over/);
  assert.doesNotMatch(page, /\/accept|\/delegate/);
  const asked = await (await visitor.get(`${path}?step=code`)).text();
  assert.doesNotMatch(asked, /\/(code|verify)"/);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { beginUse, givePlan, makeApiKey, replacePlans } from '#domain/accounts';
import { engagementsOf, linksOf, markHandedOver, writeHits } from '#domain/tracking';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { hitOn } from '../../../test/tracking.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

const plans = [
  { name: 'standard', features: ['api'] as const, isUsual: true },
  { name: 'premium', features: ['api', 'engagement'] as const, isUsual: false },
];

test('what a plan may never show is not recorded, also of mails sent before', async () => {
  const { database, companyId } = installation;
  const send = async () =>
    (await installation.send(await installation.addInvoice(), { to: ['a@b.example'] }))[0]!;
  const early = await send();
  await asWorker(database, (tx) => markHandedOver(tx, [early.id], new Date(0)));
  const open = async (id: string) => {
    await writeHits(database, [hitOn(id, 'pixel', 0, { at: new Date() })], new Date());
    const [known] = await inCompany(database, companyId, (tx) => engagementsOf(tx, [id]));
    return known?.openedCount;
  };
  assert.equal(await open(early.id), 1);
  await asWorker(database, (tx) => replacePlans(tx, plans, new Date()));
  assert.equal(await open(early.id), 1, 'nothing is added');
  const late = await send();
  const [link] = await asWorker(database, (tx) => linksOf(tx, [late.id]));
  assert.equal(link?.mode, 'none');
  assert.equal(await asWorker(database, (tx) => givePlan(tx, companyId, 'premium', new Date())), true);
  const again = await send();
  const [better] = await asWorker(database, (tx) => linksOf(tx, [again.id]));
  assert.equal(better?.mode, 'full');
});

test('a key for programs is made only where the plan lets programs in', async () => {
  const { database, companyId } = installation;
  const make = () =>
    inCompany(database, companyId, (tx) =>
      makeApiKey(tx, { companyId, name: 'ERP', rights: 'all' }, new Date()),
    );
  await asWorker(database, (tx) =>
    replacePlans(
      tx,
      [
        { name: 'small', features: ['engagement'], isUsual: true },
        { name: 'premium', features: ['api'], isUsual: false },
      ],
      new Date(),
    ),
  );
  await asWorker(database, (tx) => givePlan(tx, companyId, 'small', new Date()));
  assert.deepEqual(await make(), { ok: false, reason: 'plan_required' });
  await asWorker(database, (tx) => givePlan(tx, companyId, 'premium', new Date()));
  assert.equal((await make()).ok, true);
});

test('an edit of plans is told only to companies whose limit it changes', async () => {
  const { database, companyId } = installation;
  const told = async (): Promise<number> => {
    const { rows } = await database.owner.query(
      `select count(*)::int as count from events where company_id = $1 and type = 'company.plan_changed'`,
      [companyId],
    );
    return rows[0].count;
  };
  const edit = (own: number, others: number) =>
    asWorker(database, async (tx) => {
      await beginUse(tx, companyId);
      const small = { name: 'small', features: [], limits: { messagesPerMonth: own }, isUsual: true };
      const large = { name: 'large', features: [], limits: { messagesPerMonth: others }, isUsual: false };
      await replacePlans(tx, [small, large], new Date());
    });
  await asWorker(database, (tx) => givePlan(tx, companyId, 'small', new Date()));
  await edit(10, 100);
  const before = await told();
  await edit(10, 200);
  assert.equal(await told(), before);
  await edit(20, 200);
  assert.equal(await told(), before + 1);
});

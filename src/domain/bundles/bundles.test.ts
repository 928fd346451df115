import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { day, after as later } from '#base/time';
import { checkEvidence } from '#formats/proof';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { unzip } from '../../../test/unzip.ts';
import {
  askBundle,
  type Bundle,
  type BundleDeps,
  type BundleRequest,
  getBundles,
  packBundle,
  workBundles,
} from './index.ts';

let installation: TestInstallation;
let now = new Date('2026-11-22T10:00:00Z');
const dispatchIds: string[] = [];
let customerId: string;

before(async () => {
  installation = await testInstallation({ clock: () => now });
  for (const [day, buyerName] of [
    ['2026-10-05', 'Peeters'],
    ['2026-11-05', 'Peeters'],
    ['2026-11-06', 'Somebody else'],
  ] as const) {
    now = new Date(`${day}T10:00:00Z`);
    const document = await installation.addInvoice({ buyerName, buyerEmail: null });
    const [message] = await installation.send(document, {
      to: [`${buyerName.split(' ')[0]}@peeters.example`],
    });
    dispatchIds.push(message?.dispatchId ?? '');
    if (buyerName === 'Peeters') customerId = document.customerId ?? '';
  }
  now = new Date('2026-11-22T10:00:00Z');
});
after(() => installation.close());

const deps = (): BundleDeps => ({ ...installation.proofs, database: installation.database });

function ask(which: Partial<BundleRequest>) {
  const { companyId, author, database } = installation;
  const request = {
    companyId,
    actor: 'user',
    by: author.id,
    language: 'en',
    timeZone: 'Europe/Brussels',
  } as const;
  return inCompany(database, companyId, (tx) => askBundle(tx, { ...request, ...which }, now));
}

async function make(which: Partial<BundleRequest>): Promise<Bundle> {
  const asked = await ask(which);
  assert.ok(asked.ok, JSON.stringify(asked));
  while (await workBundles(deps(), () => now));
  return read(asked.bundle.id);
}

async function read(id: string): Promise<Bundle> {
  const { companyId, database } = installation;
  const [bundle] = await inCompany(database, companyId, (tx) => getBundles(tx, companyId, { id }));
  assert.ok(bundle);
  return bundle;
}

test('a bundle holds one evidence file for each dispatch of the customer, that checks by itself, and a list', async () => {
  const bundle = await make({ customerId });
  assert.deepEqual([bundle.state, bundle.dispatches, bundle.made, bundle.failed], ['ready', 2, 2, 0]);
  const packed = await packBundle(deps(), bundle);
  const zip = await buffer(packed.stream);
  assert.equal(zip.length, packed.bytes);
  const files = unzip(zip);
  const names = dispatchIds.slice(0, 2).map((id) => `evidence-${id}.asice`);
  assert.deepEqual([...files.keys()], ['index.html', 'index.csv', ...names]);
  for (const name of names) {
    const checked = await checkEvidence(new Uint8Array(files.get(name) ?? []));
    assert.equal(checked.broken, null);
  }
  const [html, csv] = [files.get('index.html')?.toString() ?? '', files.get('index.csv')?.toString() ?? ''];
  for (const name of names) {
    assert.match(html, new RegExp(`href="${name}"`));
    assert.match(csv, new RegExp(name));
  }
  assert.match(html, /Peeters@peeters\.example|peeters@peeters\.example/);
  assert.doesNotMatch(html, /Somebody/);
});

test('a period is days of the company’s zone, both included', async () => {
  const one = await ask({ customerId, from: '2026-11-05', to: '2026-11-05' });
  assert.ok(one.ok && one.bundle.dispatches === 1);
  assert.deepEqual(await ask({ customerId, from: '2026-11-06', to: '2026-11-30' }), {
    ok: false,
    reason: 'no_dispatches',
  });
  assert.deepEqual(await ask({ customerId, from: '2026-11-06', to: '2026-11-05' }), {
    ok: false,
    reason: 'days_reversed',
  });
});

test('chosen documents make a bundle of their dispatches; without customer and documents there is none', async () => {
  const documentIds = await inCompany(installation.database, installation.companyId, (tx) =>
    tx.selectFrom('dispatch_documents').select('document_id').execute(),
  );
  const asked = await ask({ documentIds: documentIds.map((row) => row.document_id) });
  assert.ok(asked.ok && asked.bundle.dispatches === 3);
  assert.equal((await ask({})).ok, false);
  assert.equal((await ask({ documentIds: [] })).ok, false);
});

test('a file that cannot be made is tried three times, then named in the list, and the others are there', async () => {
  while (await workBundles(deps(), () => now));
  const asked = await ask({ customerId });
  assert.ok(asked.ok);
  const broken: BundleDeps = {
    ...deps(),
    wordEvent: (language, event, who) => {
      if (event.dispatchId === dispatchIds[0]) throw new Error('damaged');
      return installation.proofs.wordEvent(language, event, who);
    },
  };
  let throws = 0;
  for (let isMore = true; isMore; )
    isMore = await workBundles(broken, () => now).catch(() => {
      throws += 1;
      return true;
    });
  const bundle = await read(asked.bundle.id);
  assert.deepEqual([throws, bundle.state, bundle.made, bundle.failed], [3, 'ready', 1, 1]);
  const files = unzip(await buffer((await packBundle(deps(), bundle)).stream));
  assert.equal(files.has(`evidence-${dispatchIds[0]}.asice`), false);
  assert.match(files.get('index.csv')?.toString() ?? '', /could not be made/);
});

test('a process that dies while it makes a bundle loses one file, and another goes on when the lease ends', async () => {
  const asked = await ask({ customerId });
  assert.ok(asked.ok);
  const dying: BundleDeps = {
    ...deps(),
    files: { ...installation.files, put: () => new Promise(() => undefined) },
  };
  void workBundles(dying, () => now); // never comes back
  for (
    let tries = 0;
    (
      await inCompany(installation.database, installation.companyId, (tx) =>
        tx.selectFrom('evidence_bundles').select('id').where('leased_until', 'is not', null).execute(),
      )
    ).length === 0 && tries < 500;
    tries += 1
  );
  assert.equal(await workBundles(deps(), () => now), false);
  const soon = later(now, 3 * 60_000);
  while (await workBundles(deps(), () => soon));
  assert.equal((await read(asked.bundle.id)).made, 2);
});

test('after 7 days the files are gone and the bundle says so', async () => {
  const bundle = await make({ customerId });
  const kept = (await installation.files.usage(installation.companyId)).files;
  const end = later(now, 7 * day);
  while (await workBundles(deps(), () => end));
  const gone = await read(bundle.id);
  assert.deepEqual([gone.state, gone.dispatches], ['expired', 2]);
  assert.ok((await installation.files.usage(installation.companyId)).files <= kept - 4);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { parseTable, readTable } from '#formats/csv';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { importCustomers, listCustomers } from './index.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

const now = new Date('2026-11-27T09:00:00Z');
const by = { actor: 'user', id: 'usr_1' } as const;

async function bring(csv: string | Uint8Array) {
  const table = await readTable(typeof csv === 'string' ? Buffer.from(csv) : csv);
  assert.ok(table.ok);
  return inCompany(installation.database, installation.companyId, (tx) =>
    importCustomers(tx, { companyId: installation.companyId, by }, table.rows, now),
  );
}

async function known(q: string) {
  const found = await inCompany(installation.database, installation.companyId, (tx) =>
    listCustomers(tx, installation.companyId, { q, limit: 50 }),
  );
  assert.ok(found.ok);
  return found.items.map(({ name, vatId, language, contacts }) => ({
    name,
    vatId,
    language,
    contacts: contacts.map((one) => `${one.name ?? ''} <${one.email}>`.trim()),
  }));
}

test('rows of one customer become one customer with his contacts', async () => {
  const done = await bring(
    'Kunde;USt-IdNr.;E-Mail;Ansprechpartner;Sprache\nMüller AG;;buchhaltung@mueller.example;Jo Meier;de\nMüller AG;;einkauf@mueller.example;;\n',
  );
  assert.deepEqual(done.ok && done.lines.map(({ row, outcome }) => [row, outcome]), [[2, 'new']]);
  assert.deepEqual(await known('Müller'), [
    {
      name: 'Müller AG',
      vatId: null,
      language: 'de',
      contacts: ['Jo Meier <buchhaltung@mueller.example>', '<einkauf@mueller.example>'],
    },
  ]);
});

test('who is known gets what the table says, empty cells change nothing, and nobody is removed', async () => {
  const done = await bring('name,email,contact\nMuller AG,lager@mueller.example,Eva\n');
  assert.deepEqual(done.ok && done.lines.map(({ outcome }) => outcome), ['changed']);
  const [customer, ...more] = await known('Muller');
  assert.equal(more.length, 0);
  assert.equal(customer?.language, 'de');
  assert.equal(customer?.contacts.length, 3);
});

test('a wrong field leaves that customer out and says where, the others are taken', async () => {
  const done = await bring(
    'Nom;Courriel;Pays\nBoulangerie;pas une adresse;FR\nChocolaterie;els@choco.example;France\n;x@y.example;BE\nFromagerie;a@fromage.example;BE\n',
  );
  assert.ok(done.ok);
  assert.deepEqual(
    done.lines.map(({ row, outcome, problems }) => [row, outcome, problems.map(({ path }) => path).join()]),
    [
      [2, 'wrong', 'contacts.0.email'],
      [3, 'wrong', 'country'],
      [4, 'wrong', 'name'],
      [5, 'new', ''],
    ],
  );
  assert.deepEqual(await known('Chocolaterie'), []);
});

test('the same file twice makes nobody twice', async () => {
  const csv = 'Naam;E-mail\nBakkerij Peeters;els@peeters.example\n';
  const first = await bring(csv);
  const second = await bring(csv);
  assert.deepEqual(
    [first, second].map((one) => one.ok && one.lines[0]?.outcome),
    ['new', 'changed'],
  );
  assert.equal((await known('Peeters')).length, 1);
});

test('the category is taken, an empty cell keeps it, and several are refused', async () => {
  const category = async (q: string) => {
    const found = await inCompany(installation.database, installation.companyId, (tx) =>
      listCustomers(tx, installation.companyId, { q, limit: 1 }),
    );
    return found.ok ? found.items[0]?.category : undefined;
  };
  const done = await bring(
    'Client,Catégorie,Courriel\nGrossiste Un,Grossistes,un@un.example\nDeux SARL,Grossistes; grossistes,deux@deux.example\nTrois SARL,Détail|Grossistes,trois@trois.example\n',
  );
  assert.ok(done.ok);
  assert.deepEqual(
    done.lines.map((line) => [line.outcome, line.category, line.problems.map(({ reason }) => reason).join()]),
    [
      ['new', 'Grossistes', ''],
      ['new', 'Grossistes', ''],
      ['wrong', 'Détail', 'several_categories'],
    ],
  );
  assert.equal(await category('Grossiste Un'), 'Grossistes');
  assert.equal(await category('Deux SARL'), 'Grossistes');
  await bring('Kunde;Kundengruppe;E-Mail\nGrossiste Un;;neu@un.example\nDeux SARL;Détail;\n');
  assert.equal(await category('Grossiste Un'), 'Grossistes');
  assert.equal(await category('Deux SARL'), 'Détail');
});

test('a table without a name, an empty one and one that is too big are refused', async () => {
  const done = await bring('a;b\n1;2\n');
  assert.deepEqual(done, { ok: false, reason: 'no_name_column' });
  assert.deepEqual(await readTable(new Uint8Array()), { ok: false, reason: 'empty' });
  assert.deepEqual(await readTable(new Uint8Array(6 * 2 ** 20)), { ok: false, reason: 'too_big' });
});

test('no bytes make the reader throw, and it never gives more rows than it may', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.integer({ min: 1, max: 20 }), (bytes, most) => {
      const table = parseTable(bytes, most);
      assert.ok(!table.ok || table.rows.length <= most);
    }),
  );
});

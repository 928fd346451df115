import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeCustomer } from '#domain/customers';
import { type CellText, getDispatches } from '#domain/dispatch';
import { changeDocument, type Document } from '#domain/documents';
import { saveTemplate } from '#domain/templates';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import {
  changeRun,
  createRun,
  decideRun,
  listCells,
  listLines,
  type RunOptions,
  sendRunsAnew,
  workRuns,
} from './index.ts';

let installation: TestInstallation;
const now = new Date('2026-11-20T09:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

/** An invoice of a customer of that name, whose language it is read in. */
async function invoiceFor(name: string, language: 'en' | 'fr'): Promise<Document> {
  const invoice = await installation.addInvoice({ buyerName: name, buyerEmail: `office@${name}.example` });
  const which = { companyId: installation.companyId, customerId: invoice.customerId ?? '' };
  const changed = await inOwn((tx) =>
    changeCustomer(tx, { ...which, by: { actor: 'user', id: 'x' } }, { language }, now),
  );
  assert.ok(changed.ok, JSON.stringify(changed));
  return invoice;
}

async function template(name: string, language: 'en' | 'fr') {
  const given = { kind: 'invoice', purpose: 'first', language, senderId: null, isDefault: false } as const;
  const text = { subject: `${name} {{ document.number }}`, html: `<p>${name}</p>` };
  const saved = await inOwn((tx) =>
    saveTemplate(tx, { companyId: installation.companyId, id: null }, { ...given, ...text, name }, now),
  );
  assert.ok(saved.ok, JSON.stringify(saved));
  return saved.template;
}

async function make(documents: readonly Document[], options: RunOptions = {}) {
  const { companyId, author } = installation;
  return inOwn((tx) =>
    createRun(
      tx,
      {
        ...{ companyId, author, origin: 'manual', purpose: 'first', grouping: 'document', options },
        documentIds: documents.map((one) => one.id),
      },
      now,
    ),
  );
}

/** The subjects of the run's lines, or what is missing, after the dry run. */
async function linesWith(documents: readonly Document[], cells: readonly CellText[]) {
  const created = await make(documents, { cells });
  assert.ok(created.ok, JSON.stringify(created));
  while (await workRuns(installation));
  const which = { companyId: installation.companyId, runId: created.run.id };
  const lines = await inOwn((tx) => listLines(tx, which, { after: -1, limit: 100 }));
  return { which, lines };
}

test('a run takes another template than the default for a kind in a language, and the usual text for the others', async () => {
  const [french, english] = [await invoiceFor('lyon', 'fr'), await invoiceFor('leeds', 'en')];
  const other = await template('Secteur public', 'fr');
  const cell = { kind: 'invoice', language: 'fr', templateId: other.id } as const;
  const { which, lines } = await linesWith([french, english], [cell]);
  assert.deepEqual(
    lines.map((line) => line.draft?.text),
    [{ from: 'template', id: other.id, name: 'Secteur public' }, { from: 'built_in' }],
  );
  assert.equal(lines[0]?.draft?.subject, `Secteur public ${french.number}`);
  assert.deepEqual(
    (await inOwn((tx) => listCells(tx, which))).map((one) => [one.kind, one.language, one.lines]),
    [
      ['invoice', 'en', 1],
      ['invoice', 'fr', 1],
    ],
  );
});

test('words for one run go out in their language, and the template stays as it is', async () => {
  const [french, english] = [await invoiceFor('nantes', 'fr'), await invoiceFor('york', 'en')];
  const text = { subject: 'Une fois {{ document.number }}', html: '<p>Bonjour.</p>' };
  const { which, lines } = await linesWith([french, english], [{ kind: 'invoice', language: 'fr', text }]);
  assert.deepEqual(lines[0]?.draft?.text, { from: 'run' });
  assert.equal(lines[0]?.draft?.subject, `Une fois ${french.number}`);
  assert.match(lines[1]?.draft?.subject ?? '', /Vautrin/);
  const { companyId, author } = installation;
  await inOwn((tx) => decideRun(tx, { ...which, author }, 'start', now));
  while (await workRuns(installation));
  const [sent] = await asWorker(installation.database, (tx) =>
    getDispatches(tx, companyId, { documentIds: [french.id] }),
  );
  assert.equal(sent?.subject, `Une fois ${french.number}`);
});

test('a line of which a variable has no value is blocked before the start, and says which', async () => {
  const [with_, without] = [await invoiceFor('delft', 'en'), await invoiceFor('gouda', 'en')];
  await inOwn((tx) =>
    changeDocument(
      tx,
      { companyId: installation.companyId, documentId: without.id, by: { actor: 'user', id: 'x' } },
      { dueDate: null },
      now,
    ),
  );
  const text = { subject: 'Due {{ document.due_date }}', html: '<p>Hello.</p>' };
  const { lines } = await linesWith([with_, without], [{ kind: 'invoice', language: 'en', text }]);
  assert.equal(lines[0]?.state, 'ready');
  assert.equal(lines[1]?.state, 'blocked');
  const missing = lines[1]?.problems.find((one) => one.reason === 'variable_missing');
  assert.equal(missing?.value, 'document.due_date');
});

test('texts that no mail could fill, and templates of another kind or language, are refused', async () => {
  const invoice = await invoiceFor('gent', 'en');
  const french = await template('Encore une', 'fr');
  const refused = async (cells: readonly CellText[]) => {
    const made = await make([invoice], { cells });
    return made.ok || made.reason !== 'invalid' ? made : made.problems.map((one) => [one.path, one.reason]);
  };
  const words = { subject: '{{ document.dew_date }}', html: '<p>x</p>' };
  const of = { kind: 'invoice', language: 'en' } as const;
  assert.deepEqual(await refused([{ ...of, text: words }]), [['texts.0.subject', 'variable_unknown']]);
  assert.deepEqual(await refused([{ ...of, templateId: french.id }]), [
    ['texts.0.templateId', 'template_missing'],
  ]);
  assert.deepEqual(
    await refused([
      { ...of, templateId: null },
      { ...of, templateId: null },
    ]),
    [['texts.1.kind', 'twice']],
  );
});

test('words for a run of reminders are about its own level: a mail in which only lower ones are left keeps theirs', async () => {
  const [high, low] = [await invoiceFor('brugge', 'en'), await invoiceFor('brugge', 'en')];
  for (const one of [high, low]) await installation.send(one);
  const words = (subject: string) => ({ subject, html: '<p>x</p>' });
  const { companyId, author } = installation;
  const several = { kind: 'several', language: 'en', text: words('Changed for both') } as const;
  const single = { kind: 'invoice', language: 'en', text: words('Changed for one') } as const;
  const options: RunOptions = {
    texts: { en: words('High') },
    lower: [{ documentIds: [low.id], texts: { en: words('Low') } }],
    cells: [several, single],
    condition: { unpaid: true, bankDays: null },
    again: true,
  };
  const created = await inOwn((tx) =>
    createRun(
      tx,
      {
        ...{ companyId, author, origin: 'automatic', purpose: 'reminder', grouping: 'customer', options },
        documentIds: [high.id, low.id],
      },
      now,
    ),
  );
  assert.ok(created.ok);
  while (await workRuns(installation));
  const which = { companyId, runId: created.run.id };
  const subjects = async () =>
    (await inOwn((tx) => listLines(tx, which, { after: -1, limit: 9 }))).map((one) => one.draft?.subject);
  assert.deepEqual(await subjects(), ['Changed for both']);
  await inOwn((tx) =>
    changeDocument(
      tx,
      { companyId, documentId: high.id, by: { actor: 'user', id: 'x' } },
      { paid: { on: '2026-11-19' } },
      now,
    ),
  );
  await inOwn((tx) => changeRun(tx, which, { grouping: 'customer', options }, now));
  while (await workRuns(installation));
  await sendRunsAnew(installation);
  assert.deepEqual(await subjects(), ['Low']);
});

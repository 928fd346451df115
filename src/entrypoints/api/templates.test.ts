import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let documentId: string;
const cell = { kind: 'invoice', purpose: 'first', language: 'en' };

before(async () => {
  api = await testApi();
  program = await api.program();
  documentId = (await program.ask('POST /documents', formOf(await facturxPdf()))).json.id;
});
after(() => api.close());

test('a text that is put twice is one text, the default of its cell, and what mails say from then on', async () => {
  const before = await program.ask('GET /templates?builtIn=true&kind=invoice&purpose=first&language=en');
  assert.deepEqual(
    before.json.items.map((one: { id: null; isDefault: boolean }) => [one.id, one.isDefault]),
    [[null, true]],
  );
  const put = { ...cell, subject: 'No. {{ document.number }}', text: 'See below.' };
  const first = await program.ask('PUT /templates', put);
  assert.equal(first.status, 200);
  assert.equal(first.json.isDefault, true);
  const second = await program.ask('PUT /templates', put);
  assert.deepEqual([second.json.id, second.json.version], [first.json.id, 1]);
  const sent = await program.ask('POST /dispatches', {
    documentId,
    language: 'en',
    to: ['els@peeters.example'],
  });
  assert.match(sent.json.subject, /^No\. /);
  const usual = await program.ask('POST /dispatches', {
    documentId,
    language: 'en',
    templateId: null,
    to: ['els@peeters.example'],
  });
  assert.doesNotMatch(usual.json.subject, /^No\. /);
  assert.equal((await program.ask(`DELETE /templates/${first.json.id}`)).status, 204);
  assert.deepEqual((await program.ask('GET /templates')).json.items, []);
});

test('what no mail could fill is refused by name, and a preview says what is missing', async () => {
  const refused = await program.ask('PUT /templates', { ...cell, subject: '{{ document.colour }}' });
  assert.equal(refused.status, 422);
  assert.match(refused.json.errors[0].message, /document\.colour/);
  const tried = await program.ask('POST /templates/preview', {
    documentId,
    language: 'en',
    subject: '{{ document.kind }}',
    html: '<p>{{ payment.url }}</p>',
  });
  assert.deepEqual([tried.json.subject, tried.json.missing], ['invoice', ['payment.url']]);
  const broken = await program.ask('POST /templates/preview', { documentId, subject: 's', html: '{% if %}' });
  assert.ok(broken.json.problem);
});

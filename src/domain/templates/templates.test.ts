import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { makeFormat } from '#base/language';
import { inCompany, type Tx } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { exampleFacts } from './example-facts.ts';
import {
  builtInText,
  defaultText,
  deleteTemplate,
  type GivenTemplate,
  renderText,
  resetTemplate,
  saveTemplate,
  type TemplateChanged,
  textVariables,
  variablesBack,
} from './index.ts';

const now = new Date('2026-11-19T13:20:00Z');
const cell = { kind: 'invoice', purpose: 'first', language: 'en' } as const;
let installation: TestInstallation;

before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

type AnyTx = Parameters<typeof saveTemplate>[0];
const within = <T>(work: (tx: AnyTx, companyId: string) => Promise<T>): Promise<T> =>
  inCompany(installation.database, installation.companyId, (tx) =>
    work(tx as Tx<never> as AnyTx, installation.companyId),
  );
const given = (more: Partial<GivenTemplate> = {}): GivenTemplate => ({
  ...cell,
  name: 'Ours',
  subject: 'About {{ document.title }}',
  html: '<p>Dear {{ contact.name }}, here is {{ document.reference }}.</p>',
  senderId: null,
  isDefault: true,
  ...more,
});
const save = (more: Partial<GivenTemplate> = {}, id: string | null = null): Promise<TemplateChanged> =>
  within((tx, companyId) => saveTemplate(tx, { companyId, id }, given(more), now));
const reasons = (changed: TemplateChanged): string[] =>
  changed.ok || changed.reason !== 'invalid'
    ? []
    : changed.problems.map((one) => `${one.path}: ${one.reason}`);

describe('a company’s own text', () => {
  test('stands before the built-in one as long as it is the default, and no longer than it is there', async () => {
    const saved = await save();
    assert.ok(saved.ok);
    const chosen = () => within((tx, companyId) => defaultText(tx, companyId, cell));
    assert.equal((await chosen()).template?.id, saved.template.id);
    assert.equal((await chosen()).subject, 'About {{ document.title }}');
    const second = await save({ name: 'Others' });
    assert.ok(second.ok);
    assert.equal((await chosen()).template?.name, 'Others', 'the mark has moved');
    for (const { id } of [saved.template, second.template])
      assert.ok(await within((tx, companyId) => deleteTemplate(tx, companyId, id)));
    assert.equal((await chosen()).template, null);
    assert.equal((await chosen()).html, builtInText(cell).html);
  });

  test('names no qualified or state service, whichever service it may be sent by', async () => {
    assert.deepEqual(reasons(await save({ language: 'fr', subject: 'Votre LRE' })), [
      'subject: term_protected',
    ]);
    const html = '<p>Wir senden Ihnen dies per <b>De-Mail</b>.</p>';
    assert.deepEqual(reasons(await save({ language: 'de', html })), ['html: term_protected']);
    const announced = '<p>Sans paiement, suivra une mise en demeure par lettre recommandée.</p>';
    const letter = await save({ language: 'fr', html: announced });
    assert.ok(letter.ok, 'a reminder may announce a letter on paper');
    await within((tx, companyId) => deleteTemplate(tx, companyId, letter.template.id));
    const own = '<p>Rossi srl<br>PEC:&nbsp;<a href="mailto:x@pec.example">x@pec.example</a></p>';
    const saved = await save({ language: 'it', html: own });
    assert.ok(saved.ok);
    await within((tx, companyId) => deleteTemplate(tx, companyId, saved.template.id));
  });

  test('gets a new version with each other text, and none with another name', async () => {
    const saved = await save({ language: 'fr' });
    assert.ok(saved.ok);
    const renamed = await save({ language: 'fr', name: 'Renamed' }, saved.template.id);
    assert.equal(renamed.ok && renamed.template.version, 1);
    const changed = await save({ language: 'fr', subject: 'Other' }, saved.template.id);
    assert.equal(changed.ok && changed.template.version, 2);
    const back = await within((tx, companyId) => resetTemplate(tx, companyId, saved.template.id, now));
    assert.equal(back.ok && back.template.subject, builtInText({ ...cell, language: 'fr' }).subject);
  });

  test('is refused with what nobody could fill or read', async () => {
    assert.deepEqual(reasons(await save({ subject: '{{ document.colour }}' })), [
      'subject: variable_unknown',
    ]);
    assert.deepEqual(reasons(await save({ html: '{% if %}' })), ['html: template_unreadable']);
    assert.deepEqual(reasons(await save({ html: '{% include "x" %}' })), ['html: template_unreadable']);
    assert.deepEqual(reasons(await save({ name: ' ', subject: '' })), [
      'name: required',
      'subject: required',
    ]);
    assert.deepEqual(reasons(await save({ html: 'x'.repeat(50_001) })), ['html: too_long']);
    assert.deepEqual(
      reasons(await save({ kind: 'several', subject: '{{ document.number }}', html: '<p>x</p>' })),
      ['subject: variable_unknown'],
      'with several documents there is no one number',
    );
    assert.deepEqual(reasons(await save({ senderId: 'snd_none' })), ['senderId: sender_missing']);
    assert.ok((await save({ language: 'nl' })).ok);
    assert.deepEqual(reasons(await save({ language: 'nl', name: 'OURS' })), ['name: twice']);
  });

  test('may compare, as an editor writes it', () => {
    const variables = textVariables(exampleFacts('invoice'), 'en', format);
    const html =
      '<p>{% if customer.open_count &gt; 0 %}Open:&nbsp;{{&nbsp;customer.open_count }}{% endif %}</p>';
    const rendered = renderText({ subject: 's', html }, variables);
    assert.ok(rendered.ok);
    assert.match(rendered.html, /Open:.1/);
  });

  test('that loops without end is stopped', () => {
    const html = '{% for a in (1..99999) %}{% for b in (1..99999) %}x{% endfor %}{% endfor %}';
    const rendered = renderText({ subject: 's', html }, textVariables(exampleFacts('invoice'), 'en', format));
    assert.equal(rendered.ok, false);
  });
});

const format = makeFormat({ language: 'en', zone: 'UTC', now });

describe('a text written for one document', () => {
  const variables = textVariables(exampleFacts('invoice'), 'en', format);

  test('becomes a template again: values give way to their variables, words inside others do not', () => {
    const back = variablesBack(
      {
        subject: 'Invoice 2026-0318 from Company',
        html: '<p>Our invoice 2026-0318 of 1,000.00\u00a0EUR, due 12 December 2026. Companyish.</p>',
      },
      variables,
    );
    assert.equal(back.subject, '{{ document.title }} from {{ company.name }}');
    assert.equal(
      back.html,
      '<p>Our {{ document.reference }} of {{ document.amount_due }}, due {{ document.due_date }}. Companyish.</p>',
    );
  });

  test('says the same when it is filled again, whatever stands around the values', () => {
    const words = fc.array(
      fc.constantFrom('Invoice 2026-0318', 'Company', '12 December 2026', 'and', '&amp;', 'Customer', 'x1'),
    );
    fc.assert(
      fc.property(words, (parts) => {
        const html = `<p>${parts.join(' ')}.</p>`;
        const rendered = renderText(variablesBack({ subject: 's', html }, variables), variables);
        assert.ok(rendered.ok);
        assert.equal(rendered.html, html);
      }),
    );
  });
});

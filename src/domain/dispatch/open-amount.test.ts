import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeDocument } from '#domain/documents';
import { documentSummaries } from '#domain/templates';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { prepareDispatch } from './prepare-dispatch.ts';
import { letterParts } from './write-text.ts';

let installation: TestInstallation;
const now = new Date('2026-11-20T10:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

/** What a letter of that purpose says of an invoice over 1,200.50 EUR of which 200.00 were paid: in the text, in its box, in the open list. */
async function amountsOf(purpose: 'first' | 'reminder'): Promise<string[]> {
  const { companyId, author, database } = installation;
  const invoice = await installation.addInvoice({ buyerEmail: `${purpose}@peeters.example` });
  return inCompany(database, companyId, async (tx) => {
    const which = { companyId, documentId: invoice.id, by: { actor: 'user', id: 'x' } as const };
    const facts = { total: '1200.50', amountDue: '1200.50', paid: { on: '2026-11-19', amount: '200.00' } };
    assert.ok((await changeDocument(tx, which, facts, now)).ok);
    const draft = await prepareDispatch(
      tx,
      {
        ...{ companyId, author, purpose, origin: 'manual', documentIds: [invoice.id] },
        subject: 'Money',
        html: '<p>{{ document.total }} | {{ document.amount_due }} | {% for line in customer.open_documents %}{{ line }}{% endfor %}</p>',
      },
      now,
    );
    assert.ok(draft);
    const [box] = documentSummaries(letterParts(draft, 'http://portal.example', now));
    const [total = '', due = '', open = ''] = plain(draft.bodyHtml).split(' | ');
    return [total, due, /, ([\d.,]+)/.exec(open)?.[1] ?? open, `${box?.amount?.amount}`];
  });
}

/** Without tags; spaces that do not break as others. */
const plain = (html: string): string => html.replace(/<[^>]+>/g, '').replace(/&nbsp;|\s/g, ' ');

test('after a part payment a reminder asks for what is left, everywhere; the invoice itself says its own amount', async () => {
  assert.deepEqual(await amountsOf('reminder'), ['1,200.50 EUR', '1,000.50 EUR', '1,000.50', '1,000.50']);
  assert.deepEqual(await amountsOf('first'), ['1,200.50 EUR', '1,200.50 EUR', '1,000.50', '1,200.50']);
});

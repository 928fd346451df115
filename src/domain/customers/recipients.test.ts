import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressKey } from '#mail/address';
import { type Contact, type ContactRole, chooseRecipients, contactRoles, nameKey } from './index.ts';

const at = new Date('2026-11-22T09:00:00Z');

function contact(email: string, roles: readonly ContactRole[] = [], name = ''): Contact {
  return {
    id: `con_${email}`,
    customerId: 'cus_1',
    email,
    name,
    roles,
    language: email.startsWith('fr') ? 'fr' : null,
    mobile: null,
    tracking: 'unknown',
    trackingAt: null,
    trackingHow: null,
    lastUsedAt: null,
    createdAt: at,
  };
}

const invoice = { kind: 'invoice', buyerEmails: ['Own@buyer.example'] } as const;
const addresses = (mailboxes: readonly { address: string }[]) => mailboxes.map(({ address }) => address);

test("the document's own address comes first, then the contacts for its kind, then those for everything, as they stand", () => {
  const customer = {
    contacts: [
      contact('all@buyer.example'),
      contact('quotes@buyer.example', ['quote']),
      contact('invoices@buyer.example', ['invoice', 'credit_note'], 'Inge'),
      contact('own@buyer.example', ['quote'], 'Olga'),
    ],
    defaultCc: ['cc@buyer.example', 'ALL@buyer.example'],
  };
  const chosen = chooseRecipients(invoice, customer, 'first');
  assert.deepEqual(chosen.to, [
    { name: 'Olga', address: 'Own@buyer.example' },
    { name: '', address: 'all@buyer.example' },
    { name: 'Inge', address: 'invoices@buyer.example' },
  ]);
  assert.deepEqual(addresses(chosen.cc), ['cc@buyer.example']);
});

test('a reminder goes to those who get reminders, and to the invoice contact before nobody', () => {
  const document = { kind: 'invoice', buyerEmails: [] } as const;
  const contacts = [contact('i@b.example', ['invoice']), contact('r@b.example', ['reminder'])];
  const to = (some: readonly Contact[]) =>
    addresses(chooseRecipients(document, { contacts: some, defaultCc: [] }, 'reminder').to);
  assert.deepEqual(to(contacts), ['r@b.example']);
  assert.deepEqual(to(contacts.slice(0, 1)), ['i@b.example']);
});

test('the first recipient says the language; without a customer there are the own addresses only', () => {
  const customer = { contacts: [contact('fr@b.example')], defaultCc: [] };
  assert.equal(chooseRecipients({ kind: 'quote', buyerEmails: [] }, customer, 'first').language, 'fr');
  assert.deepEqual(chooseRecipients(invoice, null, 'first'), {
    to: [{ name: '', address: 'Own@buyer.example' }],
    cc: [],
    language: null,
  });
});

const email = fc
  .tuple(fc.constantFrom('a', 'A', 'b', 'c', 'C'), fc.constantFrom('x.example', 'X.example', 'y.example'))
  .map(([local, domain]) => `${local}@${domain}`);

test('nobody gets a mail twice, whatever the lists hold', () => {
  fc.assert(
    fc.property(
      fc.array(email),
      fc.array(fc.tuple(email, fc.subarray([...contactRoles]))),
      fc.array(email),
      fc.constantFrom('first', 'reminder', 'resend'),
      (own, contacts, defaultCc, purpose) => {
        const customer = { contacts: contacts.map(([one, roles]) => contact(one, roles)), defaultCc };
        const { to, cc } = chooseRecipients({ kind: 'invoice', buyerEmails: own }, customer, purpose);
        const keys = [...to, ...cc].map(({ address }) => addressKey(address));
        assert.equal(new Set(keys).size, keys.length);
        for (const one of own) assert.ok(keys.includes(addressKey(one)));
        if (own[0]) assert.equal(addressKey(to[0]?.address ?? ''), addressKey(own[0]));
      },
    ),
  );
});

test('names are compared without case, accents and punctuation', () => {
  assert.equal(nameKey('Müller & Söhne S.A.'), nameKey('MULLER  SOHNE SA'));
  assert.equal(nameKey("L'Étoile — Paris"), 'letoile paris');
  assert.notEqual(nameKey('Muster AG'), nameKey('Muster GmbH'));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(nameKey(nameKey(text)), nameKey(text))),
  );
});

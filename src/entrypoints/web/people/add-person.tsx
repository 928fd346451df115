import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { shownMobile } from '#base/phone';
import { getCustomers } from '#domain/customers';
import { getLetters } from '#domain/outbox';
import { erasePerson, exportRecord, type PersonPage, personRecord } from '#domain/privacy';
import { inCompany } from '#stores/database';
import { messageEnvelopeModel } from '../documents/envelopes.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { happeningOf } from '../screens/event-words.ts';
import { type PersonModel, PersonScreen } from '../screens/person.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

type C = Context<StaffEnv>;

const longest = 320; // RFC 5321 §4.5.3.1: 64 octets before the @, 255 after it

/** What is recorded about whoever gets mail at an address: to look at, to hand out, to erase. */
export function addPerson(app: StaffApp, needs: WebNeeds): void {
  app.get('/people', (c) => show(needs, c));
  app.get('/people/export', (c) => sendExport(needs, c));
  app.post(paths.personErase, ownersOnly(), (c) => erase(needs, c));
}

function addressOf(c: C): string | null {
  const address = (c.req.query('address') ?? '').trim();
  return address.includes('@') && address.length <= longest ? address : null;
}

async function show(needs: WebNeeds, c: C): Promise<Response> {
  const address = addressOf(c);
  if (!address) return answerProblem(c, 'not_found');
  const { company, view } = c.var;
  const model = await inCompany(needs.database, company.id, async (tx): Promise<PersonModel> => {
    const record = await personRecord(tx, company.id, address);
    const customers = await getCustomers(
      tx,
      company.id,
      record.contacts.map((contact) => contact.customerId),
    );
    const letters = await getLetters(tx, [...new Set(record.messages.map((one) => one.message.letterId))]);
    return {
      address,
      consents: record.contacts.map((contact) => ({
        customer: {
          id: contact.customerId,
          name: customers.find(({ id }) => id === contact.customerId)?.name ?? '',
        },
        tracking: contact.tracking,
        at: contact.trackingAt,
        how: contact.trackingHow,
        mobile: contact.mobile && shownMobile(contact.mobile),
      })),
      changes: record.changes.map((event) => happeningOf(view, event)),
      messages: record.messages.map(({ message, engagement, link, hits }) => ({
        id: message.id,
        subject: letters.find(({ id }) => id === message.letterId)?.subject ?? message.id,
        at: message.createdAt,
        envelope: messageEnvelopeModel(message, engagement),
        mode: link?.counted === false ? 'none' : (link?.mode ?? 'none'),
        visits: hits.length,
      })),
      messageCount: record.messageCount,
    };
  });
  return page(c, <PersonScreen view={view} model={model} />);
}

/** All of it as a file that a program can read: Regulation (EU) 2016/679 art. 15(3) and 20. */
function sendExport(needs: WebNeeds, c: C): Response | Promise<Response> {
  const address = addressOf(c);
  if (!address) return answerProblem(c, 'not_found');
  c.header('Content-Disposition', 'attachment; filename="what-is-recorded.json"');
  c.header('Content-Type', 'application/json; charset=UTF-8');
  const text = Readable.from(writeRecord(needs, c.var.company.id, address), { objectMode: false });
  return c.body(Readable.toWeb(text) as ReadableStream<Uint8Array<ArrayBuffer>>);
}

const exportPage = 200;

/** One JSON object, however many e-mails there are: they are read page by page. */
async function* writeRecord(needs: WebNeeds, companyId: string, address: string): AsyncGenerator<Buffer> {
  let before: string | null = null;
  let isFirst = true;
  do {
    const page: PersonPage = { before, limit: exportPage };
    const record = await inCompany(needs.database, companyId, (tx) =>
      personRecord(tx, companyId, address, page),
    );
    const { messages, nextCursor, ...head } = exportRecord(record, needs.clock());
    if (isFirst) yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},"messages":[`);
    const rows = messages.map((one) => JSON.stringify(one)).join(',');
    yield Buffer.from(isFirst || rows === '' ? rows : `,${rows}`);
    before = nextCursor;
    isFirst = false;
  } while (before !== null);
  yield Buffer.from(']}');
}

async function erase(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view, session } = c.var;
  const address = (await readForm(c)).text('address').trim();
  if (!address.includes('@') || address.length > longest) return answerProblem(c, 'not_found');
  const by = { actor: 'user', id: session.user.id } as const;
  const erased = await inCompany(needs.database, company.id, (tx) =>
    erasePerson(tx, { companyId: company.id, address, by }, needs.clock()),
  );
  const text = view.t('person.erased', {
    messages: erased.messages,
    fields: erased.fields,
    held: erased.held,
  });
  return seeOther(needs, c, paths.customers, { state: 'opened', text });
}

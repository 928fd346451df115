import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { dayIn } from '#base/time';
import { catchUp, countMessages, listMessages, type MessageFilter, type MessageRow } from '#domain/overview';
import { byteOrderMark, csvLine } from '../documents/csv.ts';
import { messageEnvelopeModel } from '../documents/envelopes.ts';
import { type ListPlace, pagerLinks } from '../documents/paging.ts';
import { paths, type View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import {
  type EmailPurpose,
  type EmailRow,
  type EmailState,
  type EmailsModel,
  EmailsScreen,
  emailPurposes,
  emailStates,
} from '../screens/emails.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { page } from '../staff/page.tsx';
import { type EmailsQuery, messageFilter, readEmailsQuery } from './emails-query.ts';

const perPage = 50;
const atOnce = 500;

/** Every e-mail to every person: by period, purpose and state, and as a table for spreadsheets. */
export function addEmails(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.emails, async (c) =>
    page(c, <EmailsScreen view={c.var.view} model={await emailsModel(needs, c)} />),
  );
  app.get(paths.exportEmails, async (c) => {
    await catchUp(needs.database);
    const today = dayIn(c.var.company.timeZone, needs.clock());
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="e-mails-${today}.csv"`);
    return c.body(
      Readable.toWeb(Readable.from(tableOf(needs, c))) as ReadableStream<Uint8Array<ArrayBuffer>>,
    );
  });
}

async function emailsModel(needs: WebNeeds, c: Context<StaffEnv>): Promise<EmailsModel> {
  const { company, view } = c.var;
  const query = readEmailsQuery(c.req.query());
  await catchUp(needs.database);
  const filter = messageFilter(query, company.timeZone, needs.clock());
  const before = query.trail.at(-1) ?? null;
  const [found, counts] = await Promise.all([
    listMessages(needs.database, company.id, filter, { before, limit: perPage + 1 }),
    countAll(needs, c, query),
  ]);
  const shown = found.slice(0, perPage);
  const last = found.length > perPage ? shown.at(-1) : undefined;
  return {
    ...query,
    ...counts,
    rows: shown.map(emailRow),
    ...pagerLinks(view.path, query.trail, last ? placeOf(last) : null),
  };
}

/** The numbers beside tabs and filters: each filter within the tab, each tab without filter. */
async function countAll(needs: WebNeeds, c: Context<StaffEnv>, query: EmailsQuery) {
  const { company } = c.var;
  const count = (change: Partial<EmailsQuery>): Promise<number> => {
    const filter = messageFilter({ ...query, ...change }, company.timeZone, needs.clock());
    return countMessages(needs.database, company.id, filter);
  };
  const [total, purposes, states] = await Promise.all([
    count({ purpose: null, state: null }),
    Promise.all(emailPurposes.map((purpose) => count({ purpose, state: null }))),
    Promise.all(emailStates.map((state) => count({ state }))),
  ]);
  const named = <Name extends string>(names: readonly Name[], counts: readonly number[]) =>
    Object.fromEntries(names.map((name, at) => [name, counts[at] ?? 0])) as Record<Name, number>;
  return {
    total,
    purposeCounts: named<EmailPurpose>(emailPurposes, purposes),
    stateCounts: named<EmailState>(emailStates, states),
  };
}

function emailRow(row: MessageRow): EmailRow {
  const engagement = {
    level: row.engagement,
    openedCount: row.opened_count,
    viewedCount: row.viewed_count,
    downloadedCount: row.downloaded_count,
  };
  return {
    id: row.message_id,
    at: row.created_at,
    subject: row.subject,
    attachment: row.attachment,
    recipient: row.address,
    role: row.role,
    kind: row.kind,
    purpose: row.purpose,
    origin: row.origin,
    sender: row.sender_address,
    envelope: messageEnvelopeModel({ delivery: row.delivery, dueAt: row.due_at }, engagement),
  };
}

function placeOf(row: MessageRow): ListPlace {
  return { createdAt: row.created_at, id: row.message_id };
}

async function* tableOf(needs: WebNeeds, c: Context<StaffEnv>): AsyncGenerator<Buffer> {
  const { view, company } = c.var;
  const filter: MessageFilter = messageFilter(
    readEmailsQuery(c.req.query()),
    company.timeZone,
    needs.clock(),
  );
  yield Buffer.from(byteOrderMark + headLine(view));
  for (let before: ListPlace | null = null; ; ) {
    const found: MessageRow[] = await listMessages(needs.database, company.id, filter, {
      before,
      limit: atOnce,
    });
    yield Buffer.from(found.map((row) => rowLine(view, emailRow(row))).join(''));
    const last = found.at(-1);
    if (!last || found.length < atOnce) return;
    before = placeOf(last);
  }
}

function headLine(view: View): string {
  const { t } = view;
  return csvLine(view, [
    ...[t('column.date'), t('mail.subject'), t('column.attached'), t('emails.recipient'), t('emails.role')],
    ...[t('mail.from'), t('fact.kind'), t('emails.purposes'), t('column.email')],
  ]);
}

function rowLine(view: View, row: EmailRow): string {
  const { t } = view;
  return csvLine(view, [
    ...[row.at.toISOString(), row.subject, row.attachment, row.recipient, t(`people.role.${row.role}`)],
    ...[row.sender, t(`kind.${row.kind}`), t(`purpose.${row.purpose}`, { origin: row.origin })],
    t(`envelope.${row.envelope.state}`),
  ]);
}

import { dayIn } from '#base/time';
import type { Company } from '#domain/accounts';
import {
  catchUp,
  listMessages,
  listViews,
  type MessageRow,
  type Tally,
  totalMessages,
} from '#domain/overview';
import { trialSenderOf } from '#domain/senders';
import { inCompany } from '#stores/database';
import { messageEnvelopeModel } from '../documents/envelopes.ts';
import { type ListPlace, pagerLinks } from '../documents/paging.ts';
import { waitingWords } from '../documents/what-is-known.ts';
import type { View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type EmailRow, type EmailsModel, emailCategories, emailStates } from '../screens/emails-model.ts';
import { type EmailsQuery, messageFilter, readEmailsQuery } from './emails-query.ts';
import { presets, spanOf } from './period-span.ts';
import { senderChoices } from './sender-choices.ts';

const perPage = 50;

export interface EmailsReading {
  readonly needs: WebNeeds;
  readonly view: View;
  readonly company: Company;
  readonly query: Readonly<Record<string, string>>;
}

/** The list of e-mails as its address asks for it. */
export async function emailsModel(reading: EmailsReading): Promise<EmailsModel> {
  const { needs, view, company } = reading;
  const today = dayIn(company.timeZone, needs.clock());
  const query = readEmailsQuery(reading.query, today, company.fiscalMonth);
  await catchUp(needs.database);
  const page = { before: query.trail.at(-1) ?? null, limit: perPage + 1 };
  const [found, totals, known] = await Promise.all([
    listMessages(needs.database, company.id, messageFilter(query), page),
    totalMessages(needs.database, company.id, messageFilter({ ...query, category: null, state: null })),
    readKnown(reading),
  ]);
  const shown = found.slice(0, perPage);
  const last = found.length > perPage ? shown.at(-1) : undefined;
  const { senderId, ...asked } = query;
  const { trialSender, ...choices } = known;
  return {
    ...asked,
    ...choices,
    ...sums(totals.tallies, query),
    isPart: totals.isPart,
    sender: senderId ? (known.senders.find(({ id }) => id === senderId) ?? null) : null,
    presets: presets.map((name) => ({ name, span: spanOf(name, today, company.fiscalMonth) })),
    rows: shown.map((row) => emailRow(view, row, trialSender)),
    ...pagerLinks(view.path, query.trail, last ? placeOf(last) : null),
  };
}

function readKnown({ needs, view, company }: EmailsReading) {
  return inCompany(needs.database, company.id, async (tx) => {
    const owner = { companyId: company.id, userId: view.user?.id ?? '', place: 'emails' as const };
    return {
      senders: await senderChoices(tx, view, company.id),
      views: await listViews(tx, owner),
      trialSender: await trialSenderOf(tx, company.id),
    };
  });
}

/** Tabs count whatever the state is; states count within the tab. */
function sums(tallies: readonly Tally[], { category }: EmailsQuery) {
  const sum = (fits: (tally: Tally) => boolean): number =>
    tallies.filter(fits).reduce((total, { count }) => total + count, 0);
  const named = <Name extends string>(names: readonly Name[], fits: (tally: Tally, name: Name) => boolean) =>
    Object.fromEntries(names.map((name) => [name, sum((tally) => fits(tally, name))])) as Record<
      Name,
      number
    >;
  return {
    total: sum(() => true),
    categoryCounts: named(emailCategories, (tally, name) => tally.category === name),
    stateCounts: named(
      emailStates,
      (tally, name) => tally.envelope === name && (category === null || tally.category === category),
    ),
  };
}

/** One line of the list, of the page and of its exports; what went through `trialSender` says that nobody got it. */
export function emailRow(view: View, row: MessageRow, trialSender: string | null): EmailRow {
  const message = { delivery: row.delivery, detail: row.detail, dueAt: row.due_at, address: row.address };
  return {
    id: row.message_id,
    at: row.due_at,
    subject: row.subject,
    attachment: row.attachment,
    recipient: row.address,
    role: row.role,
    kind: row.kind,
    purpose: row.purpose,
    origin: row.origin,
    sender: row.sender_address,
    envelope: messageEnvelopeModel(message, {
      level: row.engagement,
      openedCount: row.opened_count,
      viewedCount: row.viewed_count,
      downloadedCount: row.downloaded_count,
    }),
    why: waitingWords(view, message) ?? (row.sender_id === trialSender ? view.t('known.sandbox') : null),
  };
}

export function placeOf(row: MessageRow): ListPlace {
  return { createdAt: row.created_at, id: row.message_id };
}

import type { Context } from 'hono';
import { day, dayIn } from '#base/time';
import type { Company } from '#domain/accounts';
import { customerCategories } from '#domain/customers';
import { openAmount } from '#domain/documents';
import { listImports } from '#domain/payments';
import {
  daysOverdue,
  fitsSelection,
  listPolicies,
  type Planned,
  planReminders,
  type ReminderSelection,
} from '#domain/reminders';
import { listRuns, readProgress } from '#domain/runs';
import type { Tx } from '#stores/database';
import { customersOf } from '../documents/document-rows.ts';
import { typedAmount } from '../documents/typed-amount.ts';
import { paths } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import { type ReminderRow, type RemindersModel, reminderTabs } from '../screens/reminders-model.ts';
import type { StaffEnv } from '../staff/env.ts';

const most = 200;

/** The page of reminders: worked out anew each time, by the same rules that send. */
export async function remindersModel(
  tx: Tx<WebTables>,
  c: Context<StaffEnv>,
  now: Date,
): Promise<RemindersModel> {
  const { company } = c.var;
  const { tab, filter } = readSelection(c);
  const fitting = await fittingRows(tx, company, filter, now);
  const shown = fitting.filter((one) => one.state === tab);
  const [newest] = await listImports(tx, company.id, { before: null, limit: 1 });
  const count = (state: Planned['state']): number => fitting.filter((one) => one.state === state).length;
  return {
    tab,
    counts: { due: count('due'), later: count('later'), stopped: count('stopped') },
    filter,
    categories: await customerCategories(tx, company.id),
    rows: shown.slice(0, most).map(({ row }) => row),
    all: allOf(tab, filter),
    beyond: Math.max(0, shown.length - most),
    waiting: await waitingRuns(tx, company.id, now),
    hasPolicy: (await listPolicies(tx, company.id)).some((one) => one.isActive),
    bankDaysAgo: newest ? Math.floor((now.getTime() - newest.createdAt.getTime()) / day) : null,
  };
}

/** The ids of all documents that fit the selection in the address, also those beyond the page. */
export async function matchingReminders(
  tx: Tx<WebTables>,
  c: Context<StaffEnv>,
  now: Date,
): Promise<readonly string[]> {
  const { tab, filter } = readSelection(c);
  const fitting = await fittingRows(tx, c.var.company, filter, now);
  return fitting.filter((one) => one.state === tab).map(({ row }) => row.id);
}

async function fittingRows(
  tx: Tx<WebTables>,
  company: Company,
  filter: RemindersModel['filter'],
  now: Date,
): Promise<readonly { readonly state: Planned['state']; readonly row: ReminderRow }[]> {
  const today = dayIn(company.timeZone, now);
  const plan = await planReminders(tx, company, now);
  const documents = plan.map((one) => one.document);
  const customers = await customersOf(tx, company.id, documents);
  const selection = selectionOf(filter);
  return plan
    .filter(({ document }) =>
      fitsSelection(document, customers.get(document.customerId ?? ''), selection, today),
    )
    .map((one) => ({ state: one.state, row: rowOf(one, customers, today) }));
}

function readSelection(c: Context<StaffEnv>): Pick<RemindersModel, 'tab' | 'filter'> {
  const tab = reminderTabs.find((one) => one === c.req.query('tab')) ?? 'due';
  return { tab, filter: readFilter(c) };
}

/** Where all that fit become a run. */
function allOf(tab: RemindersModel['tab'], filter: RemindersModel['filter']): string {
  const said = Object.entries(filter).filter(([, value]) => value !== '');
  return `${paths.runsRemind}?${new URLSearchParams([['all', ''], ['tab', tab], ...said])}`;
}

function readFilter(c: Context<StaffEnv>): RemindersModel['filter'] {
  const text = (name: string): string => (c.req.query(name) ?? '').trim().slice(0, 100);
  return {
    late: text('late'),
    amount: text('amount'),
    customer: text('customer'),
    category: text('category'),
  };
}

/** The selection as it was typed; what is no number or amount selects nothing. */
function selectionOf({ late, amount, customer, category }: RemindersModel['filter']): ReminderSelection {
  const overdueDays = /^\d+$/.test(late) ? Number(late) : undefined;
  return { overdueDays, amount: typedAmount(amount), customer, category };
}

function rowOf(
  { document, policy, step, on, whyNot, reminders, lastOn }: Planned,
  customers: Awaited<ReturnType<typeof customersOf>>,
  today: string,
): ReminderRow {
  const customer = customers.get(document.customerId ?? '');
  const { id, number, dueDate, currency } = document;
  const isPaused = whyNot === 'reminders_paused';
  return {
    ...{ id, number, dueDate, currency, on, whyNot, reminders, lastOn },
    customer: customer?.name ?? document.buyerName,
    category: customer?.category ?? null,
    daysLate: daysOverdue(document, today),
    open: openAmount(document),
    policy: policy?.name ?? null,
    days: step?.days ?? null,
    pauseReason: isPaused ? (document.remindersPauseReason ?? customer?.remindersPauseReason ?? null) : null,
  };
}

async function waitingRuns(
  tx: Tx<WebTables>,
  companyId: string,
  now: Date,
): Promise<RemindersModel['waiting']> {
  const runs = await listRuns(tx, companyId, { before: null, limit: 50 });
  const waiting = [];
  for (const run of runs.filter((one) => one.purpose === 'reminder' && one.state === 'ready'))
    waiting.push({ id: run.id, at: run.createdAt, lines: (await readProgress(tx, run, now)).counts.ready });
  return waiting;
}

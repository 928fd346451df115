import { beginUse, type Company, keepUse, limitValue, lockUse, monthOf, returnUse } from '#domain/accounts';
import type { Fact } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { sendersByIds } from '#domain/senders';
import type { Tx } from '#stores/database';
import { countOfMonth, type UseCountTables } from './count-month-table.ts';
import type { Dispatch } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';
import { nearFrom } from './plan-use.ts';

type PlanTx = Tx<UseCountTables>;

/** What asks for room in a month: a draft that is about to be sent, and its request. */
export interface Wanting {
  readonly draft: Draft;
  readonly request: DispatchRequest;
}

/** Who in the house sends what a customer asks for on his page. */
export const portalId = 'portal';

/**
 * Takes room in the company's month for each of these, in their order, and says which of them find none. The row of the month is locked until the
 * transaction ends, so two who send at once never use the same room. Companies without a limit are asked nothing. What a customer asks for, what
 * goes out anew in place of an accepted mail, and the sandbox use no room.
 */
export async function holdToPlan<One extends Wanting>(
  tx: PlanTx,
  wanting: readonly One[],
  now: Date,
): Promise<{ readonly refused: ReadonlyMap<One, DispatchProblem>; readonly facts: readonly Fact[] }> {
  const company = wanting[0]?.draft.company;
  const limit = company?.limits.messagesPerMonth;
  const counted = wanting.filter((one) => roomOf(one) > 0);
  if (!company || limit === undefined || counted.length === 0) return { refused: new Map(), facts: [] };
  const month = monthOf(company, now);
  const whose = { companyId: company.id, since: month.since };
  await beginUse(tx, company.id);
  const known = await lockUse(tx, whose);
  const before = known ?? { messages: await countOfMonth(tx, whose), told: 0 };
  let used = before.messages;
  const refused = new Map<One, DispatchProblem>();
  for (const one of counted)
    if (used + roomOf(one) <= limit) used += roomOf(one);
    else
      refused.set(one, {
        path: '',
        reason: 'plan_limit',
        value: limitValue({ limit, used }, company, month),
      });
  const told = refused.size > 0 || used >= limit ? 100 : used >= limit * nearFrom ? 80 : before.told;
  await keepUse(tx, whose, { messages: used, told: Math.max(told, before.told) });
  const tell = (type: PlanEvent): Fact => factOf(company, type, { used, limit }, now);
  const begun = known ? [] : [tell('company.plan_use_begun')];
  const reached = told === 100 ? tell('company.plan_limit_reached') : tell('company.plan_limit_near');
  return { refused, facts: told > before.told ? [...begun, reached] : begun };
}

/** How many e-mails of the month it is; the duplicate for the sender is none. */
export function roomOf({ draft, request }: Wanting): number {
  const isFree =
    request.isAccepted === true ||
    request.author.id === portalId ||
    draft.sender?.method === 'sandbox' ||
    !draft.channels.includes('email');
  return isFree ? 0 : Math.max(0, draft.addressees.length - (request.acceptedBefore ?? 0));
}

/** How many e-mails of the month these are; the duplicate for the sender is none. */
export function roomTaken(messages: readonly Pick<Message, 'role'>[]): number {
  return messages.filter((one) => one.role !== 'copy').length;
}

/** A month begins to be counted; most of it, all of it is used. */
type PlanEvent = 'company.plan_use_begun' | 'company.plan_limit_near' | 'company.plan_limit_reached';

function factOf(
  { id: companyId }: Company,
  type: PlanEvent,
  { used, limit }: { readonly used: number; readonly limit: number },
  at: Date,
): Fact {
  return { type, companyId, at, actor: 'system', data: { plan: 'messagesPerMonth', used, limit } };
}

/** Takes the row of the month, where there is one, before messages are locked: in that order submissions take them too. */
export async function lockRoom(tx: PlanTx, companyId: string, now: Date): Promise<void> {
  await lockUse(tx, { companyId, since: now });
}

/** Gives the room of e-mails back that were taken back before they left. */
export async function giveRoomBack(
  tx: PlanTx,
  { companyId, createdBy, senderId }: Dispatch,
  canceled: readonly Message[],
): Promise<void> {
  const given = canceled.filter((one) => one.role !== 'copy');
  const [first] = given;
  if (!first || createdBy === portalId) return;
  const [sender] = senderId ? await sendersByIds(tx, [senderId]) : [];
  if (sender?.method === 'sandbox') return;
  await returnUse(tx, companyId, first.createdAt, given.length);
}

import type { Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { minute } from '#base/time';
import {
  type DelegationRefusal,
  delegateDelivery,
  endDelegation,
  type Held,
  mayAsk,
  type Told,
  tellOf,
} from '#domain/registered';
import { networkOf } from '#domain/tracking';
import { asWorker } from '#stores/database';
import type { Portal } from './portal-deps.ts';
import { cookieOf, pathOf, postedForm } from './registered-form.ts';
import type { RegisteredView } from './registered-page.tsx';

/** What the page of a delivery lends: who holds the link, and how it is shown again with what went wrong. */
export interface DeliveryPage {
  readonly heldOf: (deps: Portal, c: Context) => Promise<Held | null>;
  readonly showPage: (
    deps: Portal,
    c: Context,
    said: RegisteredView['said'],
    status: 200 | 422,
  ) => Promise<Response>;
}

// An office behind one address may hand on what comes in, mistypings included; nobody may write to many strangers by it.
const perNetwork = 30;
const windowMs = 60 * minute;

/** Handing a delivery to a colleague, and taking it back. Both are for a browser that has shown the recipient's own code. */
export function addDelegation(app: Hono, deps: Portal, page: DeliveryPage): void {
  app.post('/r/:token/delegate', (c) => delegate(deps, c, page));
  app.post('/r/:token/take-back', (c) => takeBack(deps, c, page));
}

async function delegate(deps: Portal, c: Context, page: DeliveryPage): Promise<Response> {
  const form = await postedForm(deps, c);
  const held = await page.heldOf(deps, c);
  const told = held ? await tellOf(deps.registered, held.delivery.messageId) : null;
  if (!form || !held || !told) return page.showPage(deps, c, 'wrong', 422);
  const network = networkOf(deps.clientIp(c));
  const ask = { kind: 'delegations_from_network', of: network ?? 'unknown', times: perNetwork } as const;
  const session = getCookie(c, cookieOf(deps)) ?? '';
  const [name, address] = [form.get('name') ?? '', form.get('address') ?? ''];
  const done = await asWorker(deps.database, async (tx) => {
    if (!(await mayAsk(tx, deps.linkKey, { ...ask, windowMs }, deps.clock()))) return null;
    const delegation = { held, session, name, address, network, told };
    return delegateDelivery(tx, deps.registered, delegation, deps.clock());
  });
  if (!done) return page.showPage(deps, c, 'many', 422);
  if (!done.ok) return page.showPage(deps, c, saidOf[done.reason], 422);
  return c.redirect(pathOf(c), 303);
}

/** A blocked address is told like a wrong one: the list is the sender's own business. */
const saidOf: Readonly<Record<DelegationRefusal, NonNullable<RegisteredView['said']>>> = {
  not_verified: 'wrong',
  not_yours: 'wrong',
  over: 'late',
  name_invalid: 'name',
  address_invalid: 'address',
  address_known: 'known',
  address_blocked: 'address',
  too_many: 'enough',
};

async function takeBack(deps: Portal, c: Context, page: DeliveryPage): Promise<Response> {
  const form = await postedForm(deps, c);
  const held = await page.heldOf(deps, c);
  if (!form || !held) return page.showPage(deps, c, 'wrong', 422);
  const session = getCookie(c, cookieOf(deps)) ?? '';
  const of = { held, session, linkMessageId: form.get('delegate') ?? '' };
  const isDone = await asWorker(deps.database, (tx) => endDelegation(tx, of, deps.clock()));
  return isDone ? c.redirect(pathOf(c), 303) : page.showPage(deps, c, 'wrong', 422);
}

/** What the page shows of it: to the recipient his delegates, to a delegate for whom he acts. */
export function delegationView(
  { delegate, delivery }: Held,
  { delegates }: Told,
): Pick<RegisteredView, 'actsFor' | 'delegates'> {
  if (delegate) return { actsFor: { name: delegate.name, address: delivery.address }, delegates: null };
  return { actsFor: null, delegates: delegates.filter((one) => !one.endedAt) };
}

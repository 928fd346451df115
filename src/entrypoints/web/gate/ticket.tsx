import type { Context } from 'hono';
import { equalInConstantTime, hmac } from '#base/crypto';
import { minute } from '#base/time';
import type { WebNeeds } from '../needs.ts';
import { type SecondStepModel, SecondStepScreen } from '../screens/second-step.tsx';
import type { StaffEnv } from '../staff/env.ts';
import { page } from '../staff/page.tsx';

type Needs = Pick<WebNeeds, 'staffKey' | 'clock'>;

const ticketLife = 10 * minute;

/** Says who has proved the password, for ten minutes; it opens nothing by itself. */
export function makeTicket(
  needs: Needs,
  who: { readonly userId: string; readonly companyId: string },
): string {
  const body = `${who.userId}.${who.companyId}.${needs.clock().getTime() + ticketLife}`;
  return `${body}.${sign(needs, body)}`;
}

/** Who a ticket says has proved the password; null when it is not ours or too old. */
export function readTicket(needs: Needs, ticket: string): { userId: string; companyId: string } | null {
  const [userId = '', companyId = '', until = '', mac = ''] = ticket.split('.');
  const expected = Buffer.from(sign(needs, `${userId}.${companyId}.${until}`));
  const isOurs = equalInConstantTime(expected, Buffer.from(mac));
  return isOurs && Number(until) > needs.clock().getTime() ? { userId, companyId } : null;
}

function sign({ staffKey }: Needs, body: string): string {
  return hmac(staffKey, 'second step', body).toString('base64url');
}

/** Answers with the page that asks for the code. */
export function showSecondStep(c: Context<StaffEnv>, model: SecondStepModel): Promise<Response> {
  const isRefused = Object.keys(model.errors).length > 0;
  return page(c, <SecondStepScreen view={c.var.view} model={model} />, isRefused ? 422 : 200);
}

import type { Context } from 'hono';
import { authorOf } from '../documents/author.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffEnv } from '../staff/env.ts';
import type { Sending } from './draft-send.ts';

export function sendingOf(needs: WebNeeds, c: Context<StaffEnv>): Sending {
  return { view: c.var.view, company: c.var.company, author: authorOf(c), now: needs.clock() };
}

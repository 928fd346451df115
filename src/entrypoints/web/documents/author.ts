import type { Context } from 'hono';
import { fullName } from '#domain/accounts';
import type { Author } from '#domain/dispatch';
import type { StaffEnv } from '../staff/env.ts';

/** The signed-in person as the one who sends. */
export function authorOf(c: Context<StaffEnv>): Author {
  const { user } = c.var.session;
  return { actor: 'user', id: user.id, name: fullName(user) || user.email, user };
}

/** The signed-in person as the one who changes or decides something. */
export function byOf(c: Context<StaffEnv>): { readonly actor: 'user'; readonly id: string } {
  return { actor: 'user', id: c.var.session.user.id };
}

import type { Context } from 'hono';
import { fullName } from '#domain/accounts';
import { getSender, type Sender } from '#domain/senders';
import { inCompany } from '#stores/database';
import type { WebNeeds } from '../needs.ts';
import type { SendersModel } from '../screens/settings-senders-model.ts';
import type { StaffEnv } from '../staff/env.ts';
import { guessServer } from './guess-server.ts';
import { fieldOfProblem, newValues, valuesLike, valuesOf } from './sender-form.ts';
import { checkSentence, guessNote } from './sender-words.ts';
import type { SendersDesk } from './senders-page.tsx';

/** The ways to send that can be set up here. */
export const methods = ['domain', 'smtp', 'google', 'microsoft', 'platform', 'open'] as const;

/** The form that the address of the page asks for: `?sender=new` or `?sender=snd_…`. */
export async function openSenderForm(
  { needs, results }: SendersDesk,
  c: Context<StaffEnv>,
): Promise<SendersModel['editing']> {
  const asked = c.req.query('sender');
  if (asked === undefined || c.var.session.role !== 'owner') return null;
  const { view, company, session } = c.var;
  const like = asked === 'new' && c.req.query('like');
  if (like) {
    const beside = await inCompany(needs.database, company.id, (tx) => getSender(tx, company.id, like));
    const isThere = beside && !beside.deletedAt && methods.some((one) => one === beside.method);
    return isThere ? { id: null, values: valuesLike(beside), errors: {} } : null;
  }
  if (asked === 'new') {
    const method = methods.find((one) => one === c.req.query('method'));
    if (!method) return null;
    const guess = await guessServer(session.user.email, needs.config.dnsServers);
    const values = newValues(method, { name: fullName(session.user), email: session.user.email }, guess);
    return {
      id: null,
      values,
      errors: {},
      ...(guess && method === 'smtp' ? { note: guessNote(view, guess) } : {}),
    };
  }
  const sender = await inCompany(needs.database, company.id, (tx) => getSender(tx, company.id, asked));
  if (!sender || sender.deletedAt) return null;
  const result = results.find(c.req.query('tested'), company.id);
  const check = result?.senderId === sender.id && !result.check.works ? result.check : null;
  const main = await mainOf(needs, company.id, sender.viaSenderId ?? '');
  const errors = check?.problem
    ? { [fieldOfProblem(check.problem)]: checkSentence(view, check, sender.address) }
    : {};
  return { id: sender.id, values: valuesOf(sender, view.sandboxed, main), errors };
}

/** The sender whose server another one uses; null where there is none. */
export async function mainOf(needs: WebNeeds, companyId: string, senderId: string): Promise<Sender | null> {
  if (senderId === '') return null;
  const main = await inCompany(needs.database, companyId, (tx) => getSender(tx, companyId, senderId));
  return main && !main.deletedAt ? main : null;
}

import { readFile } from 'node:fs/promises';
import type { PlanLimits } from '#domain/accounts';
import { type Command, counted, misused, printResult, refused } from '../command.ts';
import { showing } from './ask-running.ts';

/** Puts the operator's plans in force, or shows them. */
export const plans: Command = {
  name: 'plans',
  usage: '[FILE]',
  summary:
    'shows the plans, or puts those of a file in force: {"usual", "plans": {"name": {"features": […], "limits": {…}}}}',
  options: {},
  words: [0, 1],
  run: async ({ words: [path], isJson }, world) => {
    const accounts = await import('#domain/accounts');
    const { asWorker } = await import('#stores/database');
    const read = path === undefined ? null : accounts.readPlans(await readFile(path, 'utf8'));
    if (read && !read.ok) return misused(world, `The file of plans cannot be used:\n${read.problem}`);
    const installation = await world.open();
    try {
      const all = await asWorker(installation.database, async (tx) => {
        if (read) await accounts.replacePlans(tx, read.plans, installation.clock());
        return accounts.listPlans(tx);
      });
      const lines = all.map(
        (plan) =>
          `${plan.name}${plan.isUsual ? ' (usual)' : ''}: ${plan.features.join(', ') || 'sending only'}${limitsOf(plan.limits)}`,
      );
      printResult(
        world,
        isJson,
        { plans: all },
        lines.length > 0 ? lines : ['No plans: every company has everything.'],
      );
      return 0;
    } finally {
      await installation.close();
    }
  },
};

function limitsOf({ messagesPerMonth, users }: PlanLimits = {}): string {
  const said = [
    messagesPerMonth === undefined ? '' : `${counted(messagesPerMonth, 'e-mail')} a month`,
    users === undefined ? '' : counted(users, 'person', 'people'),
  ].filter(Boolean);
  return said.length > 0 ? `; at most ${said.join(', ')}` : '';
}

/** Shows what a company's plan holds and what it has used. */
export const showPlan = showing({
  name: 'plan',
  summary: 'shows what the plan of your company holds, and what is used of it',
  ask: (client) => client.GET('/plan'),
  lines: ({ plan, features, messagesPerMonth: month, users }) => [
    `${plan ?? 'The usual plan'}: ${features === null ? 'everything' : features.join(', ') || 'sending only'}`,
    month
      ? `E-mails this month: ${month.used} of ${month.limit}; anew from ${month.until}`
      : 'E-mails: no limit',
    `People: ${users.used}${users.limit === null ? ', no limit' : ` of ${users.limit}`}`,
  ],
});

/** Gives a company a plan. */
export const givePlan: Command = {
  name: 'plan give',
  usage: 'COMPANY PLAN',
  summary: 'gives a company (by its id) a plan',
  options: {},
  words: [2, 2],
  run: async ({ words: [companyId = '', plan = ''], isJson }, world) => {
    const accounts = await import('#domain/accounts');
    const { asWorker } = await import('#stores/database');
    const installation = await world.open();
    try {
      const done = await asWorker(installation.database, async (tx) => {
        if (!(await accounts.listPlans(tx)).some(({ name }) => name === plan)) return 'plan';
        return (await accounts.givePlan(tx, companyId, plan, installation.clock())) ? null : 'company';
      });
      if (done) return refused(world, `There is no such ${done}. See: envoi plans`);
      printResult(world, isJson, { companyId, plan }, [`The company ${companyId} has the plan ${plan} now.`]);
      return 0;
    } finally {
      await installation.close();
    }
  },
};

import { readFile } from 'node:fs/promises';
import { type Command, misused, printResult, refused } from '../command.ts';

/** Puts the operator's plans in force, or shows them. */
export const plans: Command = {
  name: 'plans',
  usage: '[FILE]',
  summary:
    'shows the plans, or puts those of a file in force: {"usual", "plans": {"name": {"features": […]}}}',
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
        if (read) await accounts.replacePlans(tx, read.plans);
        return accounts.listPlans(tx);
      });
      const lines = all.map(
        (plan) =>
          `${plan.name}${plan.isUsual ? ' (usual)' : ''}: ${plan.features.join(', ') || 'sending only'}`,
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
        return (await accounts.givePlan(tx, companyId, plan)) ? null : 'company';
      });
      if (done) return refused(world, `There is no such ${done}. See: envoi plans`);
      printResult(world, isJson, { companyId, plan }, [`The company ${companyId} has the plan ${plan} now.`]);
      return 0;
    } finally {
      await installation.close();
    }
  },
};

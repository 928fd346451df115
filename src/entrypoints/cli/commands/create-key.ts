import { after, day } from '#base/time';
import type { makeApiKey, Rights } from '#domain/accounts';
import { type Command, misused, printResult, refused, textOf } from '../command.ts';
import type { OwnInstallation, World } from '../world.ts';

const allRights: readonly Rights[] = ['all', 'send', 'read'];

/** Makes an API key of a company. */
export const createKey: Command = {
  name: 'api-key create',
  usage: '--name N [--rights all|send|read] [--company ID] [--days N] [--test]',
  summary: 'makes an API key and prints it, once',
  options: {
    name: { type: 'string' },
    rights: { type: 'string', default: 'all' },
    company: { type: 'string' },
    days: { type: 'string' },
    test: { type: 'boolean' },
  },
  words: [0, 0],
  run: async ({ given, isJson }, world) => {
    const name = textOf(given, 'name')?.trim();
    const rights = allRights.find((one) => one === given['rights']);
    if (!name || name.length > 200) return misused(world, 'Give the key a name: --name "Our ERP"');
    if (!rights) return misused(world, 'The rights are one of: all, send, read.');
    const days = textOf(given, 'days');
    if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
      return misused(world, '--days is a number from 1 to 9999: after so many days the key ends.');
    const installation = await world.open();
    try {
      const company = await chooseCompany(installation, textOf(given, 'company'));
      if (!company.ok) return refused(world, company.sentence);
      const made = await makeKey(installation, {
        companyId: company.id,
        name,
        rights,
        isTest: given['test'] === true,
        expiresAt: days === undefined ? null : after(installation.clock(), Number(days) * day),
      });
      if (!made.ok) return refused(world, notInPlan);
      const { id, key } = made;
      printResult(world, isJson, { id, key, name, rights, companyId: company.id }, [key]);
      if (!isJson) sayOnce(world);
      return 0;
    } finally {
      await installation.close();
    }
  },
};

const notInPlan =
  'The plan of this company lets no programs in (plan_required). Give it another with "envoi plan give".';

function sayOnce(world: World): void {
  world.say('Keep it: it is not shown again. Programs send it as "Authorization: Bearer <key>".');
}

async function chooseCompany(
  { database }: OwnInstallation,
  asked: string | undefined,
): Promise<{ readonly ok: true; readonly id: string } | { readonly ok: false; readonly sentence: string }> {
  const { listCompanyIds } = await import('#domain/accounts');
  const { asWorker } = await import('#stores/database');
  const ids = await asWorker(database, listCompanyIds);
  const [only] = ids;
  if (only === undefined)
    return {
      ok: false,
      sentence: 'There is no company yet. Start Envoi with "envoi serve" and set it up first.',
    };
  if (asked !== undefined)
    return ids.includes(asked)
      ? { ok: true, id: asked }
      : { ok: false, sentence: `There is no company ${asked}.` };
  return ids.length === 1
    ? { ok: true, id: only }
    : { ok: false, sentence: `There are several companies. Say which one: --company ${ids.join(' or ')}` };
}

async function makeKey({ database, clock }: OwnInstallation, input: Parameters<typeof makeApiKey>[1]) {
  const { makeApiKey } = await import('#domain/accounts');
  const { inCompany } = await import('#stores/database');
  return inCompany(database, input.companyId, (tx) => makeApiKey(tx, input, clock()));
}

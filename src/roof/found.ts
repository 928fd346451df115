import {
  createApiKey,
  type Founded,
  type Founding,
  foundCompany,
  getCompany,
  isEmptyInstallation,
  listCompanyIds,
  type Opened,
  type Opening,
  openCompany,
} from '#domain/accounts';
import { createSandboxSender, ensureInstallationDomain, givePlatformSender } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import type { Installation } from './installation.ts';

/** Makes a company with its owner and its sandbox, so that something can be sent at once and nobody is mailed by accident. */
export async function found(installation: Installation, input: Founding): Promise<Founded> {
  const { database, clock } = installation;
  const founded = await foundCompany(database, input, clock());
  if (founded.ok) await equip(installation, { companyId: founded.companyId, name: input.company.name });
  return founded;
}

/** Makes a company for somebody else, who joins it by the link. */
export async function open(installation: Installation, input: Opening): Promise<Opened> {
  const { database, clock } = installation;
  const opened = await openCompany(database, input, clock());
  if (opened.ok) await equip(installation, { companyId: opened.companyId, name: input.name });
  return opened;
}

async function equip(
  installation: Installation,
  { companyId, name }: { readonly companyId: string; readonly name: string },
): Promise<void> {
  const { database, config, clock } = installation;
  const address = `no-reply@${config.platformDomain}`;
  await inCompany(database, companyId, (tx) =>
    createSandboxSender(tx, { companyId, name, address }, clock()),
  );
  await givePlatformSenders(installation);
}

/**
 * Where the operator has set up a way out, every company has the platform's address, and mail goes out from it until the company
 * connects its own; the installation's own domain gets its keys. Done at each start, because the way out may be new.
 */
export async function givePlatformSenders({ database, senders, clock }: Installation): Promise<void> {
  if (senders.house.delivery.kind === 'none') return;
  await ensureInstallationDomain(senders, clock());
  for (const id of await asWorker(database, listCompanyIds)) {
    await inCompany(database, id, async (tx) => {
      const company = await getCompany(tx, id);
      if (company)
        await givePlatformSender(tx, senders.house, { companyId: id, name: company.name }, clock());
    });
  }
}

/**
 * Carries out the four ENVOI_SETUP_ variables on an empty installation; on any other they do nothing. Returns the sentences to
 * be said; throws when the variables are refused.
 */
export async function foundByVariables(installation: Installation): Promise<string[]> {
  const { config, database, clock } = installation;
  const { setup } = config;
  if (!setup || !(await isEmptyInstallation(database))) return [];
  const founded = await found(installation, {
    company: {
      name: setup.company,
      country: setup.country,
      language: 'en',
      trackingMode: setup.tracking,
      trackingBasis: 'other',
    },
    owner: { email: setup.email, password: setup.password, firstName: ownerName(setup.email), lastName: '' },
  });
  if (!founded.ok) {
    throw new Error(
      `The ENVOI_SETUP variables were refused: ${founded.problems.map((one) => `${one.path} ${one.reason}`).join(', ')}.`,
    );
  }
  await inCompany(database, founded.companyId, (tx) =>
    createApiKey(
      tx,
      { companyId: founded.companyId, name: 'Set-up', rights: 'all', key: setup.apiKey },
      clock(),
    ),
  );
  return [`The company ${setup.company} was set up; ${setup.email} can sign in.`];
}

/** The variables give no name: "claire.vautrin@…" signs as "Claire Vautrin" until she changes it. */
function ownerName(email: string): string {
  const words = (email.split('@')[0] ?? '').split(/[._-]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

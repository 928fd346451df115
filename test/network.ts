import { newId } from '#base/ids';
import type { Author } from '#domain/dispatch';
import { createSender, setDefaultSender } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import { found } from '../src/roof/found.ts';
import type { Installation } from '../src/roof/installation.ts';

export interface OtherCompany {
  readonly companyId: string;
  readonly author: Author;
  readonly email: string;
  readonly password: string;
}

let count = 0;

/** Founds one more company in an installation, with an owner of its own. */
export async function addCompany(
  installation: Installation,
  name: string,
  vatId: string | null = null,
): Promise<OtherCompany> {
  count += 1;
  const owner = {
    email: `olga${count}@${count}.example`,
    password: 'a long enough password',
    firstName: 'Olga',
    lastName: 'Roy',
  };
  const company = {
    name,
    country: 'BE',
    vatId,
    language: 'en',
    trackingMode: 'full',
    trackingBasis: 'other',
  } as const;
  const founded = await found(installation, { company, owner });
  if (!founded.ok) throw new Error(JSON.stringify(founded.problems));
  const { companyId, userId } = founded;
  const user = { id: userId, email: owner.email, firstName: 'Olga', lastName: 'Roy' };
  return {
    companyId,
    email: owner.email,
    password: owner.password,
    author: { actor: 'user', id: userId, name: 'Olga Roy', user },
  };
}

/** A domain of the company whose records the DNS carries: as the check would have left it. */
export async function proveDomain(
  { database, clock }: Installation,
  companyId: string,
  name: string,
  state = 'valid',
): Promise<void> {
  await asWorker(database, async (tx) => {
    await tx.deleteFrom('domains').where('company_id', '=', companyId).where('name', '=', name).execute();
    const row = {
      id: newId('domain', clock()),
      company_id: companyId,
      name,
      mark: 'm',
      state,
      created_at: clock(),
    };
    await tx
      .insertInto('domains')
      .values(row as never)
      .execute();
  });
}

/** Gives the company a sender that is no sandbox; nothing is ever sent through it here. */
export async function giveSender(installation: Installation, companyId: string): Promise<void> {
  const { database, senders, clock } = installation;
  await inCompany(database, companyId, async (tx) => {
    const settings = {
      host: '127.0.0.1',
      port: 1,
      security: 'none',
      user: null,
      verifyCertificate: false,
    } as const;
    const input = { companyId, method: 'smtp', address: 'invoices@vautrin.example', settings } as const;
    const made = await createSender(tx, senders, input, 'user', clock());
    if (!made.ok) throw new Error(made.reason);
    await tx.updateTable('senders').set({ state: 'valid' }).where('id', '=', made.sender.id).execute();
    await setDefaultSender(tx, { companyId, senderId: made.sender.id }, 'user', clock());
  });
}

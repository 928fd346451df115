import { type SingleSignOnInput, setUpSingleSignOn } from '#domain/single-sign-on';
import { found } from '../src/roof/found.ts';
import type { TestInstallation } from './installation.ts';
import type { OauthServer } from './servers/index.ts';
import { type Visitor, visitor } from './staff.ts';

/** Sets single sign-on of a company up with an issuer; by default nobody is let in who was not invited. */
export async function useIssuer(
  { database, senders, clock }: TestInstallation,
  companyId: string,
  issuer: OauthServer,
  more: Partial<SingleSignOnInput> = {},
): Promise<void> {
  const { clientId, clientSecret } = issuer;
  const input = { issuer: issuer.url, clientId, clientSecret, newcomerRole: null, isRequired: false };
  const deps = { database, key: senders.key, hostPolicy: senders.hostPolicy, now: clock };
  const done = await setUpSingleSignOn(deps, { companyId, actor: 'user' }, { ...input, ...more });
  if (!done.ok) throw new Error(JSON.stringify(done.problems));
}

export interface CameBack {
  readonly guest: Visitor;
  readonly answer: Response;
  readonly html: string;
  /** Where the issuer sent the browser. */
  readonly back: URL;
}

/** A browser goes to a company's issuer, where `who` is signed in, and comes back; `alter` may change what it brings. */
export async function signOn(
  app: Parameters<typeof visitor>[0],
  companyId: string,
  issuer: OauthServer,
  who: string,
  alter: (back: URL) => void = () => undefined,
): Promise<CameBack> {
  const guest = visitor(app);
  const left = await guest.get(`/sign-in/with/${companyId}`);
  const there = left.headers.get('location');
  if (left.status !== 303 || !there) throw new Error(`The way there is closed: ${left.status}`);
  issuer.account = who;
  const back = await issuer.consent(there);
  alter(back);
  const answer = await guest.get(`${back.pathname}${back.search}`);
  return { guest, answer, html: await answer.text(), back };
}

/** Another company of the installation, with its owner. */
export async function secondCompany(installation: TestInstallation, email: string, password: string) {
  const made = await found(installation, {
    company: { name: 'Peeters', country: 'BE', language: 'en', trackingMode: 'full', trackingBasis: 'other' },
    owner: { email, password, firstName: 'Els', lastName: 'Peeters' },
  });
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made;
}

/** A domain that the company has proved. */
export async function proveDomain({ database }: TestInstallation, companyId: string, name: string) {
  await database.owner.query(
    `insert into domains (id, company_id, name, mark, state, records, checked_at, created_by, created_at)
     values ($1, $2, $3, $1, 'valid', '[]', now(), 'x', now())`,
    [`dom_${companyId.slice(4)}`, companyId, name],
  );
}

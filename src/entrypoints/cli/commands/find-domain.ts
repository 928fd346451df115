import { listCompanyIds } from '#domain/accounts';
import {
  checkDomain,
  type DomainRecord,
  domainTexts,
  ensureInstallationDomain,
  getDomain,
  installationId,
  lookAtStranger,
  readDomainName,
  type SendingDomain,
} from '#domain/senders';
import { asWorker } from '#stores/database';
import type { OwnInstallation } from '../world.ts';

type Found =
  | {
      readonly ok: true;
      readonly name: string;
      readonly state: SendingDomain['state'] | 'unknown';
      readonly records: readonly DomainRecord[];
    }
  | { readonly ok: false; readonly sentence: string };

/**
 * Checks a domain: the installation's own, one of a company, or, where nobody has added it, what the DNS says about it. Refuses
 * what is no domain.
 */
export async function findDomain(
  { database, senders, clock }: OwnInstallation,
  typed: string,
  companyId: string | null,
): Promise<Found> {
  const read = readDomainName(typed);
  if (!read.ok) return { ok: false, sentence: sentences[read.reason] };
  const isOwn = read.name === senders.house.platformDomain;
  if (isOwn) await ensureInstallationDomain(senders, clock());
  const owners = companyId ? [companyId] : [installationId, ...(await asWorker(database, listCompanyIds))];
  for (const owner of owners) {
    const domain = await asWorker(database, (tx) => getDomain(tx, owner, { name: read.name }));
    if (!domain) continue;
    const checked = await checkDomain(senders, { companyId: owner, domainId: domain.id, actor: 'system' });
    if (checked.ok) return { ok: true, ...checked.domain };
  }
  return { ok: true, name: read.name, state: 'unknown', records: await lookAtStranger(senders, read.name) };
}

const t = domainTexts('en');

/** A record in lines: what it is for and how it stands, then what is expected and what was found. */
export function domainSentence(record: DomainRecord): string[] {
  const { purpose, type, name, expected, found, valid, problem } = record;
  const mark = valid ? 'ok ' : record.required ? 'BAD' : '-  ';
  const why = problem ? `: ${t(`problem.${problem}`)}` : '';
  return [
    `${mark} ${t(`purpose.${purpose}`)}${why}`,
    `    ${type} ${name}`,
    ...(expected ? [`    expected  ${expected}`] : []),
    ...found.map((one) => `    found     ${one}`),
  ];
}

const sentences = {
  domain_missing: 'Name a domain, for example vautrin.example.',
  domain_with_scheme:
    'This is an address of the web. Name the domain alone, without https:// and without a path.',
  domain_with_spaces: 'A domain has no spaces in it.',
  domain_is_address: 'This is an e-mail address. Name only what stands behind the @.',
  domain_malformed: 'This cannot be the name of a domain.',
  domain_mixes_scripts:
    'This name mixes letters of several alphabets that look alike. Type it again by hand.',
  domain_is_public_suffix: 'Everybody can register names below this one, so nobody can own it.',
  domain_is_mailbox_provider:
    'Everybody can have a mailbox at this provider, so you cannot prove that it is yours. Use SMTP, Google or Microsoft as the sender.',
} as const;

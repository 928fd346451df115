import assert from 'node:assert/strict';
import type { EvidenceTables } from '#domain/evidence';
import {
  addDomain,
  type CheckDeps,
  checkDomain,
  type SenderTables,
  type SendingDomain,
} from '#domain/senders';
import { makeResolver } from '#mail/dns';
import { inCompany } from '#stores/database';
import { testDatabase } from './database.ts';
import { publish } from './mail/laboratory.ts';
import { quietMail } from './quiet-mail.ts';
import { startDns } from './servers/index.ts';

export type DomainLaboratory = Awaited<ReturnType<typeof domainLaboratory>>;

/** A company's domains beside a name server that answers what a test puts into it; the clock stands unless it is moved. */
export async function domainLaboratory() {
  const company = 'com_TEST';
  const database = await testDatabase<SenderTables & EvidenceTables>();
  const dns = await startDns();
  const clock = { now: new Date('2026-11-27T09:00:00Z') };
  const resolver = makeResolver({ servers: [dns.address], timeoutMs: 500 });
  const deps: CheckDeps = {
    ...quietMail(),
    database,
    now: () => clock.now,
    ownDns: () => resolver,
    house: { delivery: { kind: 'direct', port: 25 }, platformDomain: 'envoi.example' },
    host: { name: 'mail.envoi.example', publicIps: ['192.0.2.10', '2001:db8::10'] },
  };
  const within = <Result>(work: Parameters<typeof inCompany<SenderTables & EvidenceTables, Result>>[2]) =>
    inCompany(database, company, work);
  return {
    ...{ company, database, dns, clock, deps, within },
    add: async (name: string): Promise<SendingDomain> => {
      const added = await within((tx) =>
        addDomain(tx, deps, { companyId: company, name }, 'user', clock.now),
      );
      assert.ok(added.ok, JSON.stringify(added));
      return added.domain;
    },
    check: async (domain: SendingDomain): Promise<SendingDomain> => {
      const checked = await checkDomain(deps, { companyId: company, domainId: domain.id, actor: 'system' });
      assert.ok(checked.ok);
      return checked.domain;
    },
    publish: (domain: SendingDomain): void => publish(dns, domain),
    close: async () => {
      await database.close();
      await dns.close();
    },
  };
}

/** What is wrong with each of a domain's records, by its purpose. */
export function problemsOf(domain: SendingDomain) {
  return Object.fromEntries(domain.records.map(({ purpose, problem }) => [purpose, problem]));
}

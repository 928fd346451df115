import { X509Certificate } from 'node:crypto';
import { sha256 } from '#base/crypto';
import { minute } from '#base/time';
import { type LogCheck, lastLogChecks } from '#domain/evidence';
import { listWorkers, oldestDueMs } from '#domain/outbox';
import { sentSince } from '#domain/overview';
import { asWorker } from '#stores/database';
import manifest from '../../../../package.json' with { type: 'json' };
import type { View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { countriesIn } from '../settings/countries.ts';
import { wordMachine } from '../word-machine.ts';

/** How the installation is, and how much each company has sent since the first of this month (UTC). */
export async function operatorFacts(needs: WebNeeds, view: View) {
  const now = needs.clock();
  const [troubles, machine, found] = await Promise.all([
    needs.findTroubles(),
    needs.lookAtMachine(),
    asWorker(needs.database, async (tx) => ({
      workers: await listWorkers(tx),
      oldest: await oldestDueMs(tx, now),
      check: (await lastLogChecks(tx)).last,
      use: await sentSince(tx, `${now.toISOString().slice(0, 7)}-01`),
    })),
  ]);
  return {
    troubles: [
      ...troubles.map((trouble) => {
        const key = `trouble.${trouble}`;
        return view.t.has(key) ? view.t(key) : view.t('trouble.other', { trouble });
      }),
      ...brokenLog(view, found.check),
    ],
    logCheck: found.check?.broken ? null : found.check,
    version: manifest.version,
    lateMinutes: found.oldest === null ? null : Math.floor(found.oldest / minute),
    machines: found.workers.map(({ id, roles, seenAt }) => ({ id, roles: roles.join(', '), seenAt })),
    machine: machine.map((finding) => wordMachine(view.t, finding)),
    textGateway: needs.texts ? new URL(needs.texts.url).host : null,
    keys: keyFacts(needs),
    use: found.use,
    countries: countriesIn(view.language),
  };
}

/** What did not fit, in the stable words that `envoi verify-log` explains. */
function brokenLog({ t }: View, check: LogCheck | null): string[] {
  if (!check?.broken) return [];
  const { fault, logIndex, eventId, part } = check.broken;
  return [
    t('operator.check.broken', {
      fault: [fault, logIndex, eventId, part].filter((one) => one !== null).join(', '),
    }),
  ];
}

/** What this installation seals and signs with; the keys themselves are never shown. */
function keyFacts({ keys }: Pick<WebNeeds, 'keys'>) {
  const seal = new X509Certificate(keys.seal.certificate);
  return {
    seal: seal.subject.replaceAll('\n', ', '),
    issuer: seal.issuer.replaceAll('\n', ', '),
    until: new Date(seal.validTo),
    rootSha256: sha256(keys.root).toString('hex'),
    log: keys.logVerifiers.at(-1) ?? '',
  };
}

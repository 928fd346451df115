import { X509Certificate } from 'node:crypto';
import { day } from '#base/time';
import { isCheckpointOf, newestCheckpoint } from '#domain/evidence';
import { asWorker } from '#stores/database';
import type { Finding } from './finding.ts';
import type { Installation } from './installation.ts';

/** A bought certificate takes days to come. */
const warnBeforeMs = 60 * day;

/** Until when the seal holds, and whether the keys of this machine are those that the log was signed with. For `envoi doctor`. */
export async function lookAtKeys({
  keys,
  database,
  clock,
}: Pick<Installation, 'keys' | 'database' | 'clock'>): Promise<Finding[]> {
  const newest = await asWorker(database, newestCheckpoint).catch(() => null);
  const isOwn = newest === null || isCheckpointOf(newest.note, keys.logVerifiers);
  return [
    sealFinding(new Date(new X509Certificate(keys.seal.certificate).validTo), clock()),
    isOwn
      ? { name: 'keys', state: 'good', sentence: 'The log is signed with the keys of this machine.' }
      : {
          name: 'keys',
          state: 'bad',
          sentence:
            'The log was last signed with a key that this machine does not know. Copy the folder keys/ of the machine that signs into the data folder of this one, and restart it.',
        },
  ];
}

function sealFinding(until: Date, now: Date): Finding {
  const ends = `The seal of evidence files ${until <= now ? 'ended' : 'holds until'} ${until.toISOString().slice(0, 10)}.`;
  return until.getTime() - now.getTime() > warnBeforeMs
    ? { name: 'seal', state: 'good', sentence: ends }
    : {
        name: 'seal',
        state: 'bad',
        sentence: `${ends} Run “envoi keys renew-seal”, or “envoi keys import-seal” with a bought one, and restart.`,
      };
}

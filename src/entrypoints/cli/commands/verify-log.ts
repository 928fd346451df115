import { readFile } from 'node:fs/promises';
import type { LogBreak, LogReport } from '#domain/evidence';
import type { FileBreak } from '#domain/proofs';
import { type Command, type ExitCode, printResult, textOf } from '../command.ts';
import type { OwnInstallation, World } from '../world.ts';

/** Recomputes the log of this installation and names the first thing that does not fit. */
export const verifyLog: Command = {
  name: 'verify-log',
  usage: '[--checkpoint FILE|HASH] [--without-files]',
  summary: 'recomputes the whole log from its rows and names the first thing that does not fit',
  options: { checkpoint: { type: 'string' }, 'without-files': { type: 'boolean' } },
  words: [0, 0],
  run: async ({ given, isJson }, world) => {
    const asked = textOf(given, 'checkpoint');
    const outside = asked === undefined ? undefined : await readOutside(asked);
    const installation = await world.open();
    try {
      return await verify(installation, { outside, withFiles: !given['without-files'], isJson }, world);
    } finally {
      await installation.close();
    }
  },
};

interface Wanted {
  readonly outside: string | undefined;
  readonly withFiles: boolean;
  readonly isJson: boolean;
}

async function verify(installation: OwnInstallation, wanted: Wanted, world: World): Promise<ExitCode> {
  const evidence = await import('#domain/evidence');
  const { verifyFiles } = await import('#domain/proofs');
  const { database, files, keys } = installation;
  const log = await evidence.verifyLog(database, { verifiers: keys.logVerifiers, outside: wanted.outside });
  // By a checkpoint from outside somebody looks for something of his own.
  if (wanted.outside === undefined) await evidence.noteLogCheck({ database, clock: world.clock }, log);
  const checked = log.broken || !wanted.withFiles ? null : await verifyFiles(database, files);
  const broken: LogBreak | FileBreak | null = log.broken ?? checked?.broken ?? null;
  const result = { ok: broken === null, ...log, files: checked?.files ?? null, broken };
  printResult(
    world,
    wanted.isJson,
    result,
    broken ? [sentenceOf(broken)] : holds(log, checked?.files ?? null, wanted),
  );
  return broken ? 1 : 0;
}

/** A file when there is one of that name; else the hash that a mail carried. */
async function readOutside(given: string): Promise<string> {
  return readFile(given, 'utf8').catch(() => given);
}

function holds(log: LogReport, files: number | null, { outside }: Wanted): string[] {
  return [
    `${log.events} events hold together; ${log.waiting} more wait for their place.`,
    `${log.checkpoints} checkpoints are signed and fit, the newest over ${log.covered} events; ${log.stamps} time stamps hold.`,
    ...(log.erased > 0 ? [`${log.erased} personal fields were erased; the hashes still hold.`] : []),
    files === null ? 'Files were not read.' : `${files} files have the bytes that the events name.`,
    outside
      ? 'The checkpoint from outside fits.'
      : 'Whether the database was rolled back only a checkpoint from outside can show: --checkpoint FILE, or the X-Envoi-Checkpoint header of a mail.',
  ];
}

const sentences: Readonly<Record<LogBreak['fault'] | FileBreak['fault'], string>> = {
  hash_differs: 'The bytes of an event were changed: they do not have their hash any more.',
  row_differs: 'An event was changed: what its row says is not what was hashed.',
  bytes_damaged: 'The bytes of an event are not an event.',
  chain_broken: 'An event does not follow the one before it: one was taken out, put in, or moved.',
  disclosure_differs: 'A personal field is not the one that was recorded.',
  disclosure_missing: 'A personal field is gone, and no erasure accounts for it.',
  event_missing: 'An event is missing, or one is there that does not belong.',
  head_differs: 'The end of a chain is not where it was: its last events are missing, or some were added.',
  tree_differs: 'The tree has another event in this place.',
  checkpoint_differs: 'The events are not those that a checkpoint was signed over.',
  checkpoint_unsigned: 'A checkpoint was not signed by the key of this log.',
  checkpoint_hash_differs: 'A checkpoint does not have the hash that it is found by.',
  checkpoint_missing:
    'The log went on for more than an hour without a checkpoint: checkpoints were taken away, or no worker was running.',
  stamp_wrong: 'A time stamp does not hold for its checkpoint.',
  log_rolled_back: 'The checkpoint from outside has more events than this database: it was rolled back.',
  outside_differs: 'The checkpoint from outside was signed over other events than these.',
  outside_unknown:
    'This database does not know the checkpoint from outside: it was rolled back, or the hash is of another log.',
  outside_unsigned: 'The checkpoint from outside was not signed by the key of this log.',
  file_missing: 'A file that an event names is not there.',
  file_differs: 'A file has other bytes than those that an event names.',
};

function sentenceOf({ fault, logIndex, eventId, part }: LogBreak | FileBreak): string {
  const where = [
    ...(logIndex === null ? [] : [`place ${logIndex} of the log`]),
    ...(eventId === null ? [] : [eventId]),
    ...(part === null ? [] : [part]),
  ];
  return `${sentences[fault]}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
}

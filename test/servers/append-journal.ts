import { stdout } from 'node:process';
import { openJournal } from '#stores/files';

/**
 * Appends to the journal in argv[2] from eight writers until it is killed; each number is printed once it is confirmed, and
 * with a minus once the journal was told that it is done.
 */
const journal = await openJournal<{ n: number }>({
  folder: process.argv[2] ?? '',
  name: 'killed',
  rotateAfterBytes: 2000,
});
let last = 0;
const write = async (): Promise<void> => {
  for (;;) {
    last += 1;
    const n = last;
    const entry = await journal.append({ n });
    stdout.write(`${n}\n`);
    if (n % 3 > 0) continue;
    await journal.done(entry);
    stdout.write(`-${n}\n`);
  }
};
await Promise.all(Array.from({ length: 8 }, write));

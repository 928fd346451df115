import { pid, stdin, stdout } from 'node:process';
import { startEmbedded } from '#stores/database';

/**
 * Holds the built-in database of the data folder in argv[2], as `serve` would, until standard input ends. Prints one JSON line:
 * where it is, or the sentence that says why not.
 */
try {
  const notes: string[] = [];
  const held = await startEmbedded({
    dataFolder: process.argv[2] ?? '',
    say: (sentence) => notes.push(sentence),
    settings: { fsync: 'off' },
  });
  stdout.write(`${JSON.stringify({ pid, url: held.url, notes })}\n`);
  stdin.resume().once('end', async () => {
    await held.release();
    process.exit(0);
  });
} catch (error) {
  stdout.write(`${JSON.stringify({ pid, refused: (error as Error).message })}\n`);
}

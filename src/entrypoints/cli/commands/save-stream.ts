import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Saves what an installation sends, aside first and then under its name, so that a file of that name is whole; a sentence where it cannot. */
export async function saveStream(source: ReadableStream, path: string): Promise<string | null> {
  const unfinished = `${path}.unfinished`;
  try {
    await pipeline(
      Readable.fromWeb(source as Parameters<typeof Readable.fromWeb>[0]),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    await rename(unfinished, path);
    return null;
  } catch (problem) {
    await rm(unfinished, { force: true });
    const code = (problem as NodeJS.ErrnoException).code;
    if (!code) throw problem;
    return `${path} could not be written (${code}). Name another place with --out.`;
  }
}

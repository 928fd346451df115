import { readFile, stat } from 'node:fs/promises';

/** What is read and sent at most: mail servers commonly take no more. */
export const mostDocumentBytes = 25 * 2 ** 20;

export type FileRead =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly sentence: string };

/** Reads a document that somebody names; says in a sentence why it cannot, or that it is too large. */
export async function readNamedFile(path: string): Promise<FileRead> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { ok: false, sentence: `${path} is not a file.` };
    if (found.size > mostDocumentBytes)
      return {
        ok: false,
        sentence: `${path} is too large: ${Math.floor(mostDocumentBytes / 2 ** 20)} MiB at most.`,
      };
    return { ok: true, bytes: await readFile(path) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EACCES'
          ? 'may not be read'
          : `cannot be read (${code})`;
    return { ok: false, sentence: `${path} ${why}.` };
  }
}

/** Reads a file with the JSON of a call, as the API describes it; why not, in a sentence. */
export async function readJsonFile<Body>(
  path: string,
): Promise<{ readonly ok: true; readonly body: Body } | { readonly ok: false; readonly sentence: string }> {
  const read = await readNamedFile(path);
  if (!read.ok) return read;
  try {
    // The installation looks at what is in it, and says what is wrong.
    return { ok: true, body: JSON.parse(read.bytes.toString('utf8')) as Body };
  } catch {
    return { ok: false, sentence: `${path} is no JSON.` };
  }
}

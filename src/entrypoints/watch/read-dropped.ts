import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Above it nothing is read into memory: `ENVOI_MAX_FILE_MB` allows no document to be larger. */
const largestMb = 100;

/** A name that is not UTF-8 is read with this letter in place of what it means, and nothing is found by it. */
const unsayable = '\ufffd';

type Dropped =
  | { readonly name: string; readonly bytes: Buffer }
  | { readonly ok: false; readonly sentence: string };

/** Reads a dropped file. Null when it has gone or another program holds it; refuses, with a sentence, what cannot be read. */
export async function readDropped(folder: string, name: string): Promise<Dropped | null> {
  const path = join(folder, name);
  try {
    const { size } = await stat(path);
    if (size > largestMb * 2 ** 20) return { ok: false, sentence: `${name} is larger than ${largestMb} MB.` };
    return { name, bytes: await readFile(path) };
  } catch (error) {
    return faultOf(name, (error as NodeJS.ErrnoException).code);
  }
}

function faultOf(name: string, code = 'unknown'): Dropped | null {
  if (code === 'ENOENT' && name.includes(unsayable))
    return { ok: false, sentence: `The name of ${name} is not UTF-8. Give the file another name.` };
  if (code === 'ENOENT' || code === 'EBUSY') return null;
  const why = code === 'EACCES' || code === 'EPERM' ? 'Envoi may not open it' : `the system says ${code}`;
  return { ok: false, sentence: `${name} cannot be read: ${why}. Drop it again with the rights to read it.` };
}

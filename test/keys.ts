import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyRing, openKeyRing } from '#stores/keys';

/** Keys of an installation; the files that they came from are gone. */
export async function testKeys(now = new Date()): Promise<KeyRing> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-keys-'));
  try {
    return await openKeyRing(join(folder, 'keys'), 'envoi.example', now);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

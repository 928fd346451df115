import { readCms } from './read-cms.ts';

/** The certificates that lie in a signature or time stamp (DER). Throws NotDer for what is none. */
export function certificatesOf(cms: Uint8Array): Uint8Array[] {
  return readCms(cms).certificates.map((one) => one.raw);
}

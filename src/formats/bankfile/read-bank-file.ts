import { makeConfinedWork } from '#base/confine';
import { second } from '#base/time';
import { type BankFileResult, maximumBankFileBytes } from './bank-file.ts';

const work = makeConfinedWork<Uint8Array, BankFileResult>({
  module: new URL('./read-bank-file-work.ts', import.meta.url),
  heapMb: 512,
  threads: 1,
});

/** 16 MB of XML take 3 s on a slow machine. */
const timeLimitMs = 20 * second;

/**
 * Reads what came in on a bank account from a file of the bank: camt.052, .053 or .054, or a table as CSV. The bytes decide, not
 * the name. Refuses what it cannot read; nothing in the bytes can throw or hang it.
 */
export async function readBankFile(bytes: Uint8Array): Promise<BankFileResult> {
  if (bytes.byteLength === 0) return { ok: false, reason: 'empty' };
  if (bytes.byteLength > maximumBankFileBytes) return { ok: false, reason: 'too_big' };
  const done = await work.run(Uint8Array.from(bytes), { totalMs: timeLimitMs });
  return done.ok ? done.answer : { ok: false, reason: 'took_too_long' };
}

import type { Tx } from '#stores/database';
import { type SenderTables, selectSenders } from './sender-table.ts';

/**
 * The sandbox of a company whose e-mails leave from another default by now: what went into it was a trial, which nobody got. Null while
 * the sandbox is where e-mails go.
 */
export async function trialSenderOf(tx: Tx<SenderTables>, companyId: string): Promise<string | null> {
  const senders = await selectSenders(tx, companyId);
  const usual = senders.find((one) => one.is_default);
  return usual && usual.method !== 'sandbox' ? sandboxIn(senders) : null;
}

/** The company's sandbox; null where it has none. */
export async function sandboxOf(tx: Tx<SenderTables>, companyId: string): Promise<string | null> {
  return sandboxIn(await selectSenders(tx, companyId));
}

function sandboxIn(senders: readonly { readonly id: string; readonly method: string }[]): string | null {
  return senders.find((one) => one.method === 'sandbox')?.id ?? null;
}

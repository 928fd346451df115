import { sql } from 'kysely';
import type { Tx } from '#stores/database';

export interface SandboxTables {
  sandbox_mails: {
    message_id: string;
    company_id: string;
    recipient: string;
    raw: Buffer;
    received_at: Date;
  };
}

type SandboxTx = Tx<SandboxTables>;

/** A mail in the sandbox, without its bytes. */
export interface SandboxMail {
  readonly messageId: string;
  readonly recipient: string;
  readonly bytes: number;
  readonly receivedAt: Date;
}

/** Keeps a mail; the same message again changes nothing, so that a repeated attempt never makes two. */
export async function insertSandboxMail(tx: SandboxTx, row: SandboxTables['sandbox_mails']): Promise<void> {
  await tx
    .insertInto('sandbox_mails')
    .values(row)
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .execute();
}

/** Takes mails out of the sandbox. */
export async function deleteSandboxMails(
  tx: SandboxTx,
  companyId: string,
  messageIds: readonly string[],
): Promise<void> {
  await sql`delete from sandbox_mails where company_id = ${companyId} and message_id = any (${[...messageIds]}::text[])`.execute(
    tx,
  );
}

export interface SandboxPage {
  /** 1 to 200. */
  readonly limit: number;
  /** The last entry of the page before; absent for the first page. */
  readonly after?: Pick<SandboxMail, 'receivedAt' | 'messageId'>;
}

/** The company's sandbox mails, the newest first. */
export async function selectSandboxMails(
  tx: SandboxTx,
  companyId: string,
  page: SandboxPage,
): Promise<SandboxMail[]> {
  const { after } = page;
  return tx
    .selectFrom('sandbox_mails')
    .select(['message_id as messageId', 'recipient', 'received_at as receivedAt'])
    .select(sql<number>`octet_length(raw)`.as('bytes'))
    .where('company_id', '=', companyId)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(received_at, message_id) < (${after?.receivedAt}, ${after?.messageId})`),
    )
    .orderBy('received_at', 'desc')
    .orderBy('message_id', 'desc')
    .limit(Math.min(Math.max(page.limit, 1), 200))
    .execute();
}

/** One sandbox mail with its bytes, or null. */
export async function selectSandboxMail(
  tx: SandboxTx,
  companyId: string,
  messageId: string,
): Promise<(SandboxMail & { readonly raw: Buffer }) | null> {
  const row = await tx
    .selectFrom('sandbox_mails')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  if (!row) return null;
  const { message_id, recipient, raw, received_at } = row;
  return { messageId: message_id, recipient, raw, bytes: raw.length, receivedAt: received_at };
}

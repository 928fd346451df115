import { type Selectable, sql } from 'kysely';
import { insertRows, type Tx } from '#stores/database';
import type { Condition } from './condition.ts';
import type { Attachment, HeaderAddress, LetterMarking, OutboxTables } from './outbox-tables.ts';

/** What the messages of one dispatch share. `html` and `text` hold placeholders for the recipient's own links. */
export interface Letter {
  readonly id: string;
  readonly companyId: string;
  readonly dispatchId: string;
  readonly fromName: string;
  readonly fromAddress: string;
  /** Where answers go; null: to the sender's own mailbox. */
  readonly replyTo: string | null;
  /** Answers come to an address of ours and are passed on from there. */
  readonly trackReplies?: boolean;
  readonly to: readonly HeaderAddress[];
  readonly cc: readonly HeaderAddress[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly language: string;
  readonly attachments: readonly Attachment[];
  /** What must still hold when it leaves; null: nothing. */
  readonly condition: Condition | null;
  /** Of mails that go to an outside provider; null: of no others. */
  readonly marking: LetterMarking | null;
  /** Each mail names its own recipient alone: he has a record of his own, and who else has one is not his business. */
  readonly eachAlone?: boolean;
  readonly createdAt: Date;
}

export async function insertLetters(tx: Tx<OutboxTables>, letters: readonly Letter[]): Promise<void> {
  await insertRows(
    tx,
    'letters',
    letters.map((letter) => ({
      id: letter.id,
      company_id: letter.companyId,
      dispatch_id: letter.dispatchId,
      from_name: letter.fromName,
      from_address: letter.fromAddress,
      reply_to: letter.replyTo,
      track_replies: letter.trackReplies ?? false,
      to_header: letter.to,
      cc_header: letter.cc,
      subject: letter.subject,
      html: letter.html,
      text: letter.text,
      language: letter.language,
      attachments: letter.attachments,
      condition: letter.condition,
      marking: letter.marking,
      each_alone: letter.eachAlone ?? false,
      created_at: letter.createdAt,
    })),
  );
}

export async function selectLetters(tx: Tx<OutboxTables>, ids: readonly string[]): Promise<Letter[]> {
  if (ids.length === 0) return [];
  const rows = await tx.selectFrom('letters').selectAll().where('id', 'in', ids).execute();
  return rows.map(toLetter);
}

/** What lists say of a letter: its texts are long, and stay where they are. */
export type LetterHeading = Pick<Letter, 'id' | 'subject' | 'attachments'>;

export async function selectHeadings(tx: Tx<OutboxTables>, ids: readonly string[]): Promise<LetterHeading[]> {
  if (ids.length === 0) return [];
  return tx.selectFrom('letters').select(['id', 'subject', 'attachments']).where('id', 'in', ids).execute();
}

function toLetter(row: Selectable<OutboxTables['letters']>): Letter {
  return {
    id: row.id,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    fromName: row.from_name,
    fromAddress: row.from_address,
    replyTo: row.reply_to,
    trackReplies: row.track_replies,
    to: row.to_header,
    cc: row.cc_header,
    subject: row.subject,
    html: row.html,
    text: row.text,
    language: row.language,
    attachments: row.attachments,
    condition: row.condition,
    marking: row.marking,
    eachAlone: row.each_alone,
    createdAt: row.created_at,
  };
}

/** Empties a letter of what it says; from whom and to whom it went stays. */
export async function clearLetter(tx: Tx<OutboxTables>, companyId: string, id: string): Promise<void> {
  await sql`update letters set subject = '', html = '', text = '', attachments = '[]'
    where company_id = ${companyId} and id = ${id}`.execute(tx);
}

/** Whether a letter of another dispatch has this file attached. */
export async function isAttachedElsewhere(
  tx: Tx<OutboxTables>,
  companyId: string,
  { sha256, dispatchId }: { readonly sha256: string; readonly dispatchId: string },
): Promise<boolean> {
  const { rows } =
    await sql`select 1 from letters where company_id = ${companyId} and dispatch_id <> ${dispatchId}
    and attachments @> ${JSON.stringify([{ sha256 }])}::jsonb limit 1`.execute(tx);
  return rows.length > 0;
}

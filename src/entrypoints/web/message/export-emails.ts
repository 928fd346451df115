import { Readable } from 'node:stream';
import { clockIn, dayIn } from '#base/time';
import { listMessages, type MessageFilter, type MessageRow } from '#domain/overview';
import { trialSenderOf } from '#domain/senders';
import { type Cell, writeWorkbook } from '#formats/sheet';
import { inCompany } from '#stores/database';
import { byteOrderMark, csvLine } from '../documents/csv.ts';
import type { ListPlace } from '../documents/paging.ts';
import { envelopeWord, type View } from '../kit/index.ts';
import type { EmailRow } from '../screens/emails-model.ts';
import { type EmailsReading, emailRow, placeOf } from './emails-model.ts';
import { messageFilter, readEmailsQuery } from './emails-query.ts';

const atOnce = 1000;

/** Exactly what the list shows, as text for spreadsheets; read and written in pieces. */
export function emailsAsCsv(reading: EmailsReading): Readable {
  const { view, company } = reading;
  const zone = company.timeZone;
  const text = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.from(
      byteOrderMark +
        csvLine(
          view,
          titles(view).map(([title]) => title),
        ),
    );
    for await (const rows of piecesOf(reading))
      yield Buffer.from(rows.map((row) => csvLine(view, cellsOf(view, row, zone).map(plain))).join(''));
  };
  return Readable.from(text());
}

/** The same as a workbook. */
export function emailsAsWorkbook(reading: EmailsReading): Readable {
  const { view, company } = reading;
  const rows = async function* (): AsyncGenerator<Cell[][]> {
    for await (const piece of piecesOf(reading))
      yield piece.map((row) => cellsOf(view, row, company.timeZone));
  };
  const columns = titles(view).map(([title, width]) => ({ title, width }));
  return writeWorkbook({ name: view.t('place.emails'), columns, rows: rows() });
}

async function* piecesOf({ needs, view, company, query }: EmailsReading): AsyncGenerator<EmailRow[]> {
  const today = dayIn(company.timeZone, needs.clock());
  const filter: MessageFilter = messageFilter(readEmailsQuery(query, today, company.fiscalMonth));
  const trial = await inCompany(needs.database, company.id, (tx) => trialSenderOf(tx, company.id));
  for (let before: ListPlace | null = null; ; ) {
    const page = { before, limit: atOnce };
    const found: MessageRow[] = await listMessages(needs.database, company.id, filter, page);
    yield found.map((row) => emailRow(view, row, trial));
    const last = found.at(-1);
    if (!last || found.length < atOnce) return;
    before = placeOf(last);
  }
}

/** The columns of the list, and how wide they are in characters. */
function titles({ t }: View): readonly (readonly [title: string, width: number])[] {
  return [
    [t('column.date'), 17],
    [t('mail.subject'), 44],
    [t('column.attached'), 28],
    [t('emails.recipient'), 32],
    [t('emails.role'), 8],
    [t('emails.sender'), 32],
    [t('fact.kind'), 14],
    [t('emails.purposes'), 20],
    [t('emails.state'), 14],
    [t('emails.times'), 8],
    [t('emails.why'), 40],
  ];
}

function cellsOf(view: View, row: EmailRow, zone: string): Cell[] {
  const { t } = view;
  return [
    { clock: clockIn(zone, row.at) },
    row.subject,
    row.attachment,
    row.recipient,
    t(`people.role.${row.role}`),
    row.sender,
    t(`kind.${row.kind}`),
    t(`purpose.${row.purpose}`, { origin: row.origin }),
    envelopeWord(view, row.envelope),
    row.envelope.times ?? null,
    row.why,
  ];
}

function plain(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? cell.clock.replace('T', ' ') : String(cell);
}

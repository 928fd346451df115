import { getDocuments } from '#domain/documents';
import { logSize, type RecordedEvent, readEvents } from '#domain/evidence';
import { getMessages, isAside } from '#domain/outbox';
import { asJudgedNow } from '#domain/tracking';
import { inCompany, type Tx } from '#stores/database';
import { customersOf } from '../documents/document-rows.ts';
import { eventModel } from '../documents/event-models.ts';
import { paths } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import { documentTitle } from '../screens/document-words.ts';
import type { HomeModel } from '../screens/home.tsx';
import type { Home } from './home.ts';

const shown = 12;
/** Several companies share the log: the last events of one may lie further back. */
const windows = [300, 3000, 30_000];

/** What somebody wants to hear of; the rest is in the histories. */
const told =
  /^(visit\.(pixel_fetched|page_viewed|file_downloaded|link_failed)|message\.(handed_off|accepted|rejected|expired|bounced|held|unconfirmed|deferred|replied|forwarded|misdirected)|decision\.(accepted|refused|expired)|document\.(created|disputed)|payment\.(recorded|declared)|dispatch\.(canceled|recorded_elsewhere)|sender\.(broken|repaired))$/;

/** What has just happened, newest first. */
export function readFeed({ needs, view, companyId }: Home): Promise<HomeModel['feed']> {
  return inCompany(needs.database, companyId, async (tx) => {
    const events = await newestTold(tx, companyId);
    const ids = [...new Set(events.flatMap((event) => event.messageId ?? []))];
    const messages = new Map((await getMessages(tx, companyId, { ids })).map((one) => [one.id, one]));
    // An opened mail is nobody's document yet: its message says which one it sent.
    const documentOf = (event: RecordedEvent) =>
      event.documentId ?? messages.get(event.messageId ?? '')?.documentId;
    const documents = await getDocuments(
      tx,
      companyId,
      events.flatMap((event) => documentOf(event) ?? []),
    );
    const customers = await customersOf(tx, companyId, documents);
    return events.flatMap((event) => {
      const document = documents.find((one) => one.id === documentOf(event));
      if (isAside(messages.get(event.messageId ?? ''))) return [];
      const customer = document && (customers.get(document.customerId ?? '')?.name ?? document.buyerName);
      const title = document ? documentTitle(view, document) : '';
      return [
        {
          ...eventModel(event, messages),
          href: hrefOf(event),
          title: [title, customer].filter(Boolean).join(' · ') || view.t('settings.senders'),
        },
      ];
    });
  });
}

async function newestTold(tx: Tx<WebTables>, companyId: string): Promise<RecordedEvent[]> {
  const size = await logSize(tx);
  let found: RecordedEvent[] = [];
  for (const limit of windows) {
    const range = { kind: 'after' as const, logIndex: Math.max(0, size - limit), limit, companyId };
    const own = await readEvents(tx, range);
    found = asJudgedNow(own)
      .filter((event) => told.test(event.type))
      .slice(-shown)
      .reverse();
    if (found.length === shown || size <= limit) break;
  }
  return found;
}

function hrefOf(event: RecordedEvent): string {
  if (event.messageId) return paths.message(event.messageId);
  return event.documentId ? paths.document(event.documentId) : paths.settingsSenders;
}

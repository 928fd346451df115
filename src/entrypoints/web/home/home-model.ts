import { day } from '#base/time';
import { getDispatches } from '#domain/dispatch';
import { getDocuments } from '#domain/documents';
import { countOpenNotices, listNotices } from '#domain/notices';
import { catchUp, countDocuments, listDocuments, listMessages } from '#domain/overview';
import { listSenders } from '#domain/senders';
import { inCompany } from '#stores/database';
import { documentEnvelopeModel } from '../documents/envelopes.ts';
import { engagementOf, messagesOf, readSendings, type Sendings } from '../documents/sendings.ts';
import { heldOf } from '../notices/add-notices.tsx';
import { noticeModels } from '../notices/notice-models.ts';
import { documentTitle } from '../screens/document-words.ts';
import type { HomeModel } from '../screens/home.tsx';
import { readFeed } from './feed.ts';
import type { Home } from './home.ts';

/** Home: what needs a person, whom one waits for, what goes out, what has just happened. */
export async function homeModel(home: Home): Promise<HomeModel> {
  await catchUp(home.needs.database);
  const [notices, waiting, goingOut, feed, steps, troubles] = await Promise.all([
    readNotices(home),
    readWaiting(home),
    readGoingOut(home),
    readFeed(home),
    readSteps(home),
    home.needs.findTroubles(),
  ]);
  const { t } = home.view;
  const said = troubles.map((trouble) => {
    const key = `trouble.${trouble}`;
    return t.has(key) ? t(key) : t('trouble.other', { trouble });
  });
  return { ...notices, ...waiting, goingOut, feed, steps, troubles: said };
}

const noticesShown = 5;

async function readNotices({ needs, view, companyId }: Home) {
  const found = await inCompany(needs.database, companyId, async (tx) => ({
    open: await listNotices(tx, companyId, { before: null, limit: noticesShown }),
    noticeCount: await countOpenNotices(tx, companyId),
  }));
  const held = await heldOf(needs, companyId, found.open);
  const notices = await inCompany(needs.database, companyId, (tx) =>
    noticeModels(tx, { view, companyId }, found.open, held),
  );
  return { notices, noticeCount: found.noticeCount };
}

const waitingRead = 200; // among so many of the newest, those that wait longest are shown
const waitingShown = 8;

async function readWaiting({ needs, view, companyId, now }: Home) {
  const filter = { envelopes: ['sent', 'accepted'] };
  const [newest, all] = await Promise.all([
    listDocuments(needs.database, companyId, filter, { before: null, limit: waitingRead }),
    countDocuments(needs.database, companyId, filter),
  ]);
  const sentAt = (row: (typeof newest)[number]): number => (row.first_sent_at ?? row.created_at).getTime();
  const shown = newest.toSorted((a, b) => sentAt(a) - sentAt(b)).slice(0, waitingShown);
  const ids = shown.map((row) => row.document_id);
  const sendings = await inCompany(needs.database, companyId, (tx) => readSendings(tx, companyId, ids));
  const waiting = shown.map((row) => ({
    document: row.document_id,
    title: documentTitle(view, row),
    customer: row.customer_name || documentTitle(view, row),
    amount: row.total,
    currency: row.currency,
    days: Math.floor((now.getTime() - sentAt(row)) / day),
    envelope: documentEnvelopeModel(view, sendings, row.document_id),
    isFetched: isFetched(sendings, row.document_id),
  }));
  return {
    waiting,
    waitingMore: { count: Math.max(0, all.count - waiting.length), isMore: all.isMore },
  };
}

/** The page was fetched, probably by a person, who has not been seen to open anything. */
function isFetched(sendings: Sendings, documentId: string): boolean {
  return sendings.dispatches
    .filter((dispatch) => dispatch.documentIds.includes(documentId))
    .flatMap((dispatch) => messagesOf(sendings, dispatch.id))
    .some((message) => message.role === 'to' && engagementOf(sendings, message.id).fetchedCount > 0);
}

const goingOutRead = 100;
const goingOutShown = 12;

async function readGoingOut({ needs, view, companyId, now }: Home): Promise<HomeModel['goingOut']> {
  const filter = { delivery: ['scheduled', 'queued', 'deferred', 'sending'], role: 'to' };
  const messages = await listMessages(needs.database, companyId, filter, {
    before: null,
    limit: goingOutRead,
  });
  const dispatchIds = [...new Set(messages.map((message) => message.dispatch_id))].slice(0, goingOutShown);
  return inCompany(needs.database, companyId, async (tx) => {
    const dispatches = await getDispatches(tx, companyId, { ids: dispatchIds });
    const documents = await getDocuments(
      tx,
      companyId,
      dispatches.flatMap((one) => one.documentIds),
    );
    return dispatches.flatMap((dispatch) => {
      const document = documents.find((one) => one.id === dispatch.documentIds[0]);
      const message = messages.find((one) => one.dispatch_id === dispatch.id);
      if (!document || !message) return [];
      return [
        {
          dispatch: dispatch.id,
          document: document.id,
          title: documentTitle(view, document),
          customer: message.name || message.address,
          at: message.due_at > now ? message.due_at : null,
        },
      ];
    });
  });
}

async function readSteps({ needs, companyId }: Home): Promise<HomeModel['steps']> {
  const { senders, sent } = await inCompany(needs.database, companyId, async (tx) => ({
    senders: await listSenders(tx, companyId),
    sent: (await getDispatches(tx, companyId, { before: null, limit: 1 })).length > 0,
  }));
  const steps = {
    sender: senders.some((sender) => sender.method !== 'sandbox' && sender.state === 'valid'),
    document: (await countDocuments(needs.database, companyId, {})).count > 0,
    sent,
  };
  return steps.sender && steps.document && steps.sent ? null : steps;
}

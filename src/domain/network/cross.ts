import { getCompany } from '#domain/accounts';
import { type Document, getDocument, noteDecision, saveChange } from '#domain/documents';
import { type Fact, record } from '#domain/evidence';
import { reasonToStop } from '#domain/outbox';
import { asWorker, type Tx } from '#stores/database';
import { selectBlocking } from './block-table.ts';
import type { HandOver } from './hand-over.ts';
import { lockWaiting, updateDecided, updateHandOver } from './hand-over-table.ts';
import { selectListing } from './listing-table.ts';
import { provenNames } from './names.ts';
import type { CrossingTables, NetworkDeps } from './network-deps.ts';
import type { Received } from './received.ts';
import { lockSameFile, selectDecisionHash, selectReceived, updateReceived } from './received-table.ts';
import { askAgain, takeIn } from './take-in.ts';

/*
 * The door between companies: everything else runs inside one of them. Only the worker comes through, with one document or one decision
 * at a time, and both sides record what passed.
 */

type CrossTx = Tx<CrossingTables>;

/** Carries one due document to the partner: files first, then the row and both events in one transaction. */
export async function handOver(deps: NetworkDeps, waiting: HandOver, now: Date): Promise<void> {
  const { database, files } = deps;
  const { document, ...found } = await asWorker(database, async (tx) => ({
    problem: await whyNot(tx, waiting, now),
    document: await getDocument(tx, waiting.companyId, waiting.documentId),
  }));
  for (const sha256 of document && !found.problem ? hashesOf(document) : []) {
    const bytes = await files.get(waiting.companyId, sha256);
    if (!bytes) throw new Error(`The file ${sha256} of ${waiting.companyId} is missing in the files store.`);
    await files.put(waiting.partnerId, bytes);
  }
  await asWorker(database, async (tx) => {
    const locked = await lockWaiting(tx, waiting.id);
    if (!locked) return;
    const problem = found.problem ?? (await whyNot(tx, locked, now));
    if (problem || !document) return leave(tx, locked, problem ?? 'document_missing', now);
    await deliver(tx, locked, document, now);
  });
}

function hashesOf({ sha256, pdfSha256, xmlSha256 }: Document): string[] {
  return [...new Set([sha256, pdfSha256, ...(xmlSha256 ? [xmlSha256] : [])])];
}

/** Looked at in the last second: the partner is still listed under that name and receives from here, and the condition of a reminder holds. */
async function whyNot(tx: CrossTx, { companyId, ...of }: HandOver, now: Date): Promise<string | null> {
  const partner = await getCompany(tx, of.partnerId);
  const isListed = partner && (await selectListing(tx, of.partnerId)) !== null;
  if (!isListed) return 'partner_left';
  if (!(await provenNames(tx, partner)).some(({ name }) => name === of.name)) return 'name_unproven';
  if ((await selectBlocking(tx, companyId, [of.partnerId])).size > 0) return 'partner_unreachable';
  const { condition, dispatchId } = of;
  if (!condition) return null;
  const zone = (await getCompany(tx, companyId))?.timeZone ?? 'UTC';
  return reasonToStop(tx, { companyId, dispatchId, documentIds: [of.documentId], condition, zone }, now);
}

const failures: ReadonlySet<string> = new Set([
  'partner_left',
  'partner_unreachable',
  'name_unproven',
  'document_missing',
]);

/** It does not go: the sender hears why. A reminder that is no longer to be said is only taken back. */
async function leave(tx: CrossTx, handOver: HandOver, problem: string, now: Date): Promise<void> {
  const state = failures.has(problem) ? 'failed' : 'canceled';
  await updateHandOver(tx, handOver, { state, problem });
  await record(tx, [
    {
      ...aboutSender(handOver, now),
      type: state === 'failed' ? 'dispatch.undelivered' : 'dispatch.network_canceled',
      data: { via: 'network', handOver: handOver.id, reason: problem },
      personal: { partner: handOver.partnerName },
    },
  ]);
}

async function deliver(tx: CrossTx, handOver: HandOver, document: Document, now: Date): Promise<void> {
  const known = await lockSameFile(tx, {
    companyId: handOver.partnerId,
    fromId: handOver.companyId,
    sha256: document.sha256,
  });
  const receivedId = known ? await askAgain(tx, known, now) : await takeIn(tx, handOver, document, now);
  const from = (await getCompany(tx, handOver.companyId))?.name ?? '';
  const hashes = { sha256: document.sha256, pdfSha256: document.pdfSha256, xmlSha256: document.xmlSha256 };
  const [receipt] = await record(tx, [
    {
      type: 'document.received',
      companyId: handOver.partnerId,
      at: now,
      actor: 'system',
      data: { via: 'network', received: receivedId, kind: document.kind, again: known !== null, ...hashes },
      personal: { from, number: document.number ?? '', subject: handOver.subject },
    },
  ]);
  const isAccepted = known?.state === 'accepted';
  await updateHandOver(tx, handOver, {
    state: isAccepted ? 'accepted' : 'delivered',
    delivered_at: now,
    received_id: receivedId,
  });
  await record(tx, [
    {
      ...aboutSender(handOver, now),
      type: 'dispatch.delivered',
      data: {
        via: 'network',
        handOver: handOver.id,
        proof: handOver.proof,
        receipt: receipt?.hash.toString('hex') ?? null,
        ...hashes,
      },
      personal: { partner: handOver.partnerName, foundBy: handOver.name },
    },
  ]);
}

/** Carries one decision back to the sender; a rejected document is disputed there, so that nobody is reminded of it. */
export async function tellDecision(
  { database }: NetworkDeps,
  which: Pick<Received, 'id' | 'companyId'>,
  now: Date,
): Promise<void> {
  await asWorker(database, async (tx) => {
    const received = await selectReceived(tx, which.companyId, which.id, true);
    if (!received || received.state === 'new' || !received.decidedAt || received.toldAt) return;
    const { state, reason, decidedAt: at, fromId: companyId } = received;
    const handOvers = await updateDecided(tx, { receivedId: received.id, companyId, state, reason, at });
    const facts: Fact[] = [];
    if (state === 'rejected') facts.push(...(await disputed(tx, companyId, handOvers, now)));
    else if (received.kind === 'quote')
      for (const { documentId } of handOvers) await noteDecision(tx, companyId, documentId, 'accepted');
    const receipt = (await selectDecisionHash(tx, received.companyId, received.id))?.toString('hex') ?? null;
    await updateReceived(tx, received.companyId, received.id, { told_at: now });
    for (const handOver of handOvers) facts.push(decisionFact(handOver, received, receipt, now));
    await record(tx, facts);
  });
}

async function disputed(
  tx: CrossTx,
  companyId: string,
  handOvers: readonly HandOver[],
  now: Date,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const documentId of new Set(handOvers.map((one) => one.documentId))) {
    const which = { companyId, documentId, by: { actor: 'system', id: null } } as const;
    const changed = await saveChange(tx, which, { disputed: true }, now);
    if (changed.ok) facts.push(...changed.facts);
  }
  return facts;
}

function decisionFact(handOver: HandOver, received: Received, receipt: string | null, now: Date): Fact {
  return {
    ...aboutSender(handOver, now),
    type: received.state === 'accepted' ? 'decision.accepted' : 'decision.refused',
    actor: 'person',
    data: {
      via: 'network',
      handOver: handOver.id,
      kind: received.kind,
      decidedAt: received.decidedAt?.toISOString() ?? null,
      sha256: received.sha256,
      receipt,
    },
    personal: {
      partner: handOver.partnerName,
      byName: received.decidedByName ?? '',
      text: received.reason ?? '',
    },
  };
}

function aboutSender({ companyId, dispatchId, documentId }: HandOver, at: Date) {
  return { companyId, dispatchId, documentId, at, actor: 'system' as const };
}

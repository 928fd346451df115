import { type Company, getCompany } from '#domain/accounts';
import { type Dispatch, getDispatches } from '#domain/dispatch';
import { type Document, getDocuments, getPageImages, type PageImage } from '#domain/documents';
import { disclosuresOf, type RecordedEvent, readEvents } from '#domain/evidence';
import {
  type Attempt,
  dnsAnswersOf,
  getLetters,
  getMessages,
  type Letter,
  listAttempts,
  type Message,
  readMailBytes,
} from '#domain/outbox';
import { type Sender, sendersByIds } from '#domain/senders';
import { type FrozenPage, frozenPagesOf } from '#domain/tracking';
import { inCompany } from '#stores/database';
import type { ProofDeps } from './proof-deps.ts';

/** Everything that is known about one dispatch, as it lies in the stores. */
export interface Material {
  readonly company: Company;
  readonly dispatch: Dispatch;
  readonly documents: readonly Document[];
  readonly letter: Letter | null;
  readonly messages: readonly Message[];
  readonly senders: readonly Sender[];
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
  readonly mails: ReadonlyMap<string, Buffer>;
  /** What the DNS said when they were sent, by SHA-256, as far as it is still kept. */
  readonly dns: ReadonlyMap<string, string>;
  /** The customers' pages as they were kept. */
  readonly pages: readonly FrozenPage[];
  /** The documents' pages as pictures, by document. */
  readonly images: ReadonlyMap<string, readonly PageImage[]>;
  /** From the first one on, those without a place in the log left out at the end. */
  readonly events: readonly RecordedEvent[];
  /** Opened personal fields by event (RFC 9901 disclosures). */
  readonly disclosures: ReadonlyMap<string, readonly string[]>;
}

/** More events than a dispatch of 100 recipients makes in years. */
const mostEvents = 20_000;

/** Reads it in one transaction; null when this company has no such dispatch. */
export function gatherMaterial(
  deps: ProofDeps,
  companyId: string,
  dispatchId: string,
): Promise<Material | null> {
  return inCompany(deps.database, companyId, async (tx) => {
    const [dispatch] = await getDispatches(tx, companyId, { ids: [dispatchId] });
    const company = await getCompany(tx, companyId);
    if (!dispatch || !company) return null;
    const messages = await getMessages(tx, companyId, { dispatchIds: [dispatchId] });
    const [letter] = dispatch.letterId ? await getLetters(tx, [dispatch.letterId]) : [];
    const attempts = new Map<string, readonly Attempt[]>();
    const mails = new Map<string, Buffer>();
    const images = new Map<string, readonly PageImage[]>();
    for (const id of dispatch.documentIds) images.set(id, await getPageImages(tx, companyId, id));
    const pages = new Map<string, FrozenPage>();
    for (const { id } of messages) {
      attempts.set(id, await listAttempts(tx, companyId, id));
      const bytes = await readMailBytes(tx, deps.files, companyId, id);
      if (bytes) mails.set(id, bytes);
      const kept = await frozenPagesOf(tx, { companyId, dispatchId, messageId: id });
      for (const page of kept) pages.set(page.id, page);
    }
    const all = await readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: mostEvents });
    const end = all.findIndex((event) => event.logIndex === null);
    const events = end < 0 ? all : all.slice(0, end);
    return {
      company,
      dispatch,
      documents: await getDocuments(tx, companyId, dispatch.documentIds),
      letter: letter ?? null,
      messages,
      senders: await sendersByIds(tx, [...new Set(messages.map((message) => message.senderId))]),
      attempts,
      mails,
      dns: await dnsAnswersOf(tx, companyId, dnsHashesOf(events)),
      pages: [...pages.values()],
      images,
      events,
      disclosures: await disclosuresOf(
        tx,
        events.map((event) => event.id),
      ),
    };
  });
}

/** The answers of the DNS that events name. */
export function dnsHashesOf(events: readonly RecordedEvent[]): string[] {
  return events.flatMap(({ data }) => {
    const { dnsSha256: all } = data;
    return Array.isArray(all) ? all.filter((one): one is string => typeof one === 'string') : [];
  });
}

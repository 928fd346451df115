import type { Context } from 'hono';
import { changeDocumentWithCustomer, getCustomer, receiveDocumentWithCustomer } from '#domain/customers';
import { type Document, drawPages, type UploadRefused } from '#domain/documents';
import { inCompany } from '#stores/database';
import type { WebNeeds } from '../needs.ts';
import type { StaffEnv } from '../staff/env.ts';
import { byOf } from './author.ts';

export type UploadResult =
  | {
      readonly ok: true;
      readonly document: Document;
      readonly existed: boolean;
      readonly customer: string | null;
      readonly notes: readonly ('first_of_several' | 'embedded_xml_unreadable')[];
    }
  | { readonly ok: false; readonly reason: UploadRefused['reason']; readonly limit: number };

/** Takes one file in. `customerId` says whose it is where the file itself does not. */
export async function takeFile(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  file: File,
  customerId: string | null,
): Promise<UploadResult> {
  const limit = needs.limits.documentBytes;
  if (file.size > limit) return { ok: false, reason: 'too_big', limit };
  const companyId = c.var.company.id;
  const by = byOf(c);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const upload = { companyId, by, fileName: file.name, bytes };
  const received = await receiveDocumentWithCustomer(needs, upload, needs.clock());
  if (!received.ok) return { ok: false, reason: received.reason, limit };
  startDrawing(needs, received.document);
  const document = await withCustomer(needs, c, received.document, customerId);
  const customer = document.customerId
    ? await inCompany(needs.database, companyId, (tx) =>
        getCustomer(tx, companyId, document.customerId ?? ''),
      )
    : null;
  const { existed, notes } = received;
  return { ok: true, document, existed, notes, customer: customer?.name ?? document.buyerName };
}

/** Draws the pages at once and beside the answer; where that fails, a worker does it later. */
export function startDrawing(needs: WebNeeds, document: Document): void {
  if (document.images !== 'waiting') return;
  drawPages(needs, document.id, needs.clock()).catch((error: unknown) =>
    needs.log.warn({ err: error, documentId: document.id }, 'pages could not be drawn at once'),
  );
}

async function withCustomer(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  document: Document,
  customerId: string | null,
): Promise<Document> {
  if (!customerId || document.customerId) return document;
  const which = { companyId: c.var.company.id, documentId: document.id, by: byOf(c) };
  const changed = await inCompany(needs.database, which.companyId, (tx) =>
    changeDocumentWithCustomer(tx, which, { customerId }, needs.clock()),
  );
  return changed.ok ? changed.document : document;
}

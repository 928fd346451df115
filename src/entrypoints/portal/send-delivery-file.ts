import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { handOver, openContent, verifiedBy } from '#domain/registered';
import { networkOf } from '#domain/tracking';
import { asWorker } from '#stores/database';
import type { DeliveryPage } from './add-delegation.ts';
import { answerClosed } from './closed.ts';
import { setFileHeaders } from './headers.ts';
import type { Portal } from './portal-deps.ts';
import { cookieOf, pathOf } from './registered-form.ts';

/** Sends a part of what waits behind a code to a browser that has shown it; anybody else gets the page, and whether there is such a part stays untold. */
export async function sendDeliveryFile(
  deps: Portal,
  c: Context,
  heldOf: DeliveryPage['heldOf'],
): Promise<Response> {
  const held = await heldOf(deps, c);
  const documentId = c.req.param('document') ?? '';
  const session = getCookie(c, cookieOf(deps)) ?? '';
  if (!held || c.req.method === 'HEAD')
    return answerClosed(deps, c, { kind: 'closed', ours: null }, pathOf(c));
  const { delivery, linkMessageId } = held;
  // Asked first: nothing is opened, and nothing told about what there is, for who has shown no code.
  if (!(await asWorker(deps.database, (tx) => verifiedBy(tx, linkMessageId, session, deps.clock()))))
    return c.redirect(pathOf(c), 303);
  const network = networkOf(deps.clientIp(c));
  const of = { messageId: delivery.messageId, linkMessageId, session, documentId, network };
  const bytes = await openContent(deps.registered, delivery, documentId);
  const handed = bytes ? await asWorker(deps.database, (tx) => handOver(tx, of, deps.clock())) : null;
  if (!bytes || !handed?.ok) return c.redirect(pathOf(c), 303);
  const name = delivery.content?.find((one) => one.documentId === documentId)?.fileName ?? 'document.pdf';
  setFileHeaders(c);
  c.header('Content-Type', /\.pdf$/i.test(name) ? 'application/pdf' : 'application/octet-stream');
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  return c.body(new Uint8Array(bytes));
}

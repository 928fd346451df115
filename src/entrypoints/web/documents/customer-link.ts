import { linkState, linksOf, linkTokens, linkUrls } from '#domain/tracking';
import type { Tx } from '#stores/database';
import type { WebNeeds, WebTables } from '../needs.ts';
import { messagesOf, type Sendings } from './sendings.ts';

/** The own link of the first recipient of the newest dispatch that has one, to be passed on by chat; its use counts as his. */
export async function customerLink(
  tx: Tx<WebTables>,
  { linkKey, portalUrl }: Pick<WebNeeds, 'linkKey' | 'portalUrl'>,
  sendings: Sendings,
  now: Date,
): Promise<string | null> {
  const linked = sendings.dispatches.filter((dispatch) => dispatch.link && !dispatch.canceledAt);
  const first = linked
    .flatMap((dispatch) => messagesOf(sendings, dispatch.id))
    .find((message) => message.role === 'to' && message.delivery !== 'canceled');
  const [link] = first ? await linksOf(tx, [first.id]) : [];
  if (!link || linkState(link, link.generation, now) !== 'open') return null;
  return linkUrls(portalUrl, linkTokens(linkKey, link.messageId, link.generation)).page;
}

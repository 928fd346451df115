import type { Received, ReceivedImage } from '#domain/network';
import { paths, type View } from '../kit/index.ts';
import type { ReceivedModel, ReceivedRow } from '../screens/received-model.ts';

/** A line of the list. */
export function receivedRow(view: View, one: Received): ReceivedRow {
  return {
    id: one.id,
    from: one.fromName,
    proof: proofOf(view, one),
    kind: one.kind,
    number: one.number,
    total: one.total,
    currency: one.currency,
    dueDate: one.dueDate,
    at: one.receivedAt,
    state: one.state,
    isReplaced: one.replacedBy !== null,
  };
}

/** What the sending company had proven of itself: names that it did not only give itself. */
function proofOf({ t, format }: View, { fromNames }: Received): string | null {
  const said = fromNames.map((name) => {
    const value = name.replace(/^\w+:/, '');
    return name.startsWith('vat:')
      ? t('received.proof.vat', { name: value })
      : t('received.proof.domain', { name: value });
  });
  return said.length > 0 ? format.list(said) : null;
}

/** The page of a received document. */
export function receivedModel(
  view: View,
  one: Received,
  images: readonly ReceivedImage[],
  asked: Pick<ReceivedModel, 'page' | 'mayDecide' | 'mayBlock' | 'isBlocked' | 'typed' | 'errors'>,
): ReceivedModel {
  return {
    ...receivedRow(view, one),
    ...asked,
    page: Math.min(Math.max(1, asked.page), Math.max(1, images.length)),
    pages: images.map(({ page }) => paths.receivedPage(one.id, page)),
    fromVatId: one.fromVatId,
    issueDate: one.issueDate,
    amountDue: one.amountDue,
    fileName: one.fileName,
    bytes: one.bytes,
    hasXml: one.xmlSha256 !== null,
    subject: one.subject,
    text: one.text,
    reason: one.reason,
    replacedBy: one.replacedBy,
    history: historyOf(view, one),
  };
}

function historyOf({ t }: View, one: Received): ReceivedModel['history'] {
  const { state, decidedAt, decidedByName, openedByName, toldAt, reason, fromName: from } = one;
  const entries: (ReceivedModel['history'][number] | null)[] = [
    { at: one.receivedAt, what: t('received.event.received', { from }) },
    one.times > 1 ? { at: one.lastAt, what: t('received.event.again', { from, count: one.times }) } : null,
    one.openedAt ? { at: one.openedAt, what: t('received.event.opened', { by: openedByName ?? '' }) } : null,
    decidedAt && state !== 'new'
      ? {
          at: decidedAt,
          what: t(`received.event.${state}`, { by: decidedByName ?? '' }),
          ...(reason ? { quote: reason } : {}),
        }
      : null,
    toldAt ? { at: toldAt, what: t('received.event.told', { from }) } : null,
  ];
  return entries.flatMap((entry) => entry ?? []).sort((a, b) => a.at.getTime() - b.at.getTime());
}

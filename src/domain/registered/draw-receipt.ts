import type { Language } from '#base/language';
import { openPaper } from '#formats/pdf';
import { rangePlace, sealBytes, sealPdf } from '#formats/signature';
import { placeOf } from './delegate.ts';
import type { CodeChannel, Delivery, DeliveryState } from './delivery.ts';
import { type RegisteredDeps, type RegisteredWords, registeredWordsIn } from './registered-deps.ts';
import type { Said } from './said-decision.ts';
import type { Told } from './tell-delivery.ts';

/** Of the submission, or of the state in which a delivery is now. */
export type ReceiptKind = 'submitted' | Exclude<DeliveryState, 'waiting'>;

/** Draws and seals a receipt (PDF/A-3b, PAdES) of one fact about a delivery, in a language; `said` is what was declared with it. */
export async function drawReceipt(
  deps: Pick<RegisteredDeps, 'keys' | 'stamps'>,
  { delivery, company, document, delegates }: Told,
  fact: { readonly kind: ReceiptKind; readonly at: Date; readonly said: Said | null },
  language: Language,
  now: Date,
): Promise<Buffer> {
  const t = registeredWordsIn(language);
  const what = t(`receipt.${fact.kind}`);
  const paper = openPaper({
    title: `${t('receipt.title')}: ${what}`,
    language,
    date: now,
    foot: delivery.messageId,
    attachments: [],
    seal: { range: rangePlace, bytes: sealBytes },
  });
  const hashes = (delivery.content ?? []).map((one) =>
    [one.fileName, `SHA-256 ${one.sha256}`].filter(Boolean).join(' · '),
  );
  const byCode = fact.kind === 'accepted' || fact.kind === 'refused' || fact.kind === 'opened';
  const actor = fact.kind === 'opened' ? delivery.handedOverTo : byCode ? delivery.decidedBy : null;
  const delegate = delegates.find((one) => one.linkMessageId === actor);
  paper.facts([
    [t('fact.what'), what],
    [t('fact.at'), time(fact.at)],
    [t('fact.from'), company.name],
    [t('fact.to'), delivery.address],
    ...(delegate ? [[t('fact.by'), t('by.delegate', placeOf(delegate, delivery))] as const] : []),
    [t('fact.document'), [document, ...hashes].join('\n')],
    [t('fact.service'), t('service', { service: delivery.service })],
    ...(delivery.deadlineAt ? [[t('fact.deadline'), time(delivery.deadlineAt)] as const] : []),
    ...(byCode ? [[t('fact.level'), t('level.code', { code: codeOf(delivery, fact.kind) })] as const] : []),
    ...saidRows(t, fact.said),
    [t('fact.dispatch'), `${delivery.dispatchId}, ${delivery.messageId}`],
  ]);
  paper.paragraph(t('law'));
  return sealPdf(await paper.finish(), deps.keys.seal, stamperOf(deps));
}

/** The words of who decided, in the language in which he saw them, with their hash as the history has it. */
function saidRows(t: RegisteredWords, said: Said | null): readonly (readonly [string, string])[] {
  if (!said) return [];
  const { statement, statementSha256, reason } = said;
  const declared = [statement, statementSha256 && `SHA-256 ${statementSha256}`].filter(Boolean).join('\n');
  return [
    ...(declared ? [[t('fact.statement'), declared] as const] : []),
    ...(reason ? [[t('fact.reason'), reason] as const] : []),
  ];
}

function codeOf({ handedOverWith, decidedWith }: Delivery, kind: ReceiptKind): CodeChannel {
  return (kind === 'opened' ? handedOverWith : decidedWith) ?? 'email';
}

/** The first service that answers; a receipt without a stamp is better than none. */
function stamperOf({ stamps }: Pick<RegisteredDeps, 'stamps'>) {
  if (stamps.length === 0) return null;
  return async (digest: Uint8Array): Promise<Uint8Array | null> => {
    for (const { ask } of stamps) {
      const token = await ask(digest).catch(() => null);
      if (token) return token;
    }
    return null;
  };
}

function time(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

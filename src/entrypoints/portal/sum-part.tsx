import { openAmount, paidState } from '#domain/documents';
import { answerAnchor } from './decide-part.tsx';
import { Icon } from './icon.tsx';
import { PayOnline, paymentOf } from './pay-part.tsx';
import type { ShownDocument } from './read-page.ts';
import { documentName, type Speaker } from './speaker.ts';

/** What it is, how much is to be paid now and by when, and its files. */
export function Sum(props: { say: Speaker; shown: ShownDocument; isFirst: boolean; mayDecide: boolean }) {
  const { say, shown, isFirst } = props;
  const { t, format, company } = say;
  const { document } = shown;
  const name = documentName(t, document);
  const what = document.buyerName ? t('sum.for', { document: name, buyer: document.buyerName }) : name;
  // Of what was paid in part the rest is asked for; what was paid whole shows what it was about.
  const asked = document.amountDue ?? document.total;
  const due = paidState(document) === 'partly' ? openAmount(document) : asked;
  const Title = isFirst ? 'h1' : 'h2';
  const money = due && document.currency ? format.money(due, document.currency) : null;
  const isPart = due && document.total && document.currency && due !== document.total;
  return (
    <section class="sum">
      <Title class={money ? 'what' : 'what alone'}>{what}</Title>
      {money ? (
        <p class="amount">
          {money.amount} <small>{money.currency}</small>
        </p>
      ) : null}
      {isPart ? (
        <p class="when">
          {t('sum.of', { total: format.moneyText(String(document.total), String(document.currency)) })}
        </p>
      ) : null}
      <When say={say} document={document} />
      {document.canceledAt ? <p class="note">{t('note.canceled', { company: company.name })}</p> : null}
      {document.replacedBy ? <p class="note">{t('note.replaced', { company: company.name })}</p> : null}
      <Files say={say} document={document} isFirst={isFirst} mayDecide={props.mayDecide} />
    </section>
  );
}

function When({ say: { t, format }, document }: { say: Speaker; document: ShownDocument['document'] }) {
  const paid = paidState(document);
  const { paidOn, paidAmount, currency, dueDate, issueDate } = document;
  if (paid === 'paid' && paidOn)
    return <p class="when done">{t('sum.paid', { date: format.longDate(paidOn) })}</p>;
  const when = dueDate
    ? t(document.kind === 'quote' ? 'sum.valid' : 'sum.due', { date: format.longDate(dueDate) })
    : issueDate
      ? t('sum.dated', { date: format.longDate(issueDate) })
      : null;
  const partly =
    paid === 'partly' && paidAmount && currency
      ? t('sum.partly', { amount: format.moneyText(paidAmount, currency) })
      : null;
  return <p class="when">{[when, partly].filter((part) => part !== null).join(' · ')}</p>;
}

function Files(props: {
  say: Speaker;
  document: ShownDocument['document'];
  isFirst: boolean;
  mayDecide: boolean;
}) {
  const { say, document, isFirst, mayDecide } = props;
  const { t, format, pageUrl } = say;
  const url = `${pageUrl}/file/${document.id}`;
  const hasOtherDeed = mayDecide || Boolean(paymentOf(say, document)?.link);
  const hints = [
    t('file.pdf_hint', { size: format.bytes(document.pdfBytes) }),
    document.xmlBytes === null ? null : t('file.xml_hint', { size: format.bytes(document.xmlBytes) }),
    isEmbedded(document) ? t('import.embedded') : null,
  ];
  return (
    <>
      <div class="acts">
        <PayOnline say={say} document={document} />
        {mayDecide ? (
          <a class="btn primary" href={`#${answerAnchor(document.id)}`}>
            {t('decide.jump')}
          </a>
        ) : null}
        <a class={isFirst && !hasOtherDeed ? 'btn primary' : 'btn'} href={`${url}.pdf`} download>
          <Icon name="save" /> {t('file.pdf')}
        </a>
        {document.xmlSha256 ? (
          <a class="btn" href={`${url}.xml`} download>
            <Icon name="file" /> {t('import.xml')}
          </a>
        ) : null}
      </div>
      <p class="under">{hints.filter((hint) => hint !== null).join(' · ')}</p>
    </>
  );
}

/** The PDF itself carries the invoice's data. */
function isEmbedded({ format, xmlSha256 }: ShownDocument['document']): boolean {
  return xmlSha256 !== null && (format === 'factur-x' || format === 'zugferd');
}

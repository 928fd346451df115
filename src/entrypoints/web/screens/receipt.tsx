import { paths, type View, When } from '../kit/index.ts';

/** A receipt of a provider in words. */
export interface ReceiptModel {
  readonly id: string;
  readonly what: string;
  /** What its signature is worth. */
  readonly verdict: string;
  readonly at: Date;
  readonly hasPdf: boolean;
}

/** What a receipt says, when it came, what its signature is worth, and the files themselves. */
export function Receipt(props: { readonly view: View; readonly receipt: ReceiptModel }) {
  const { view, receipt } = props;
  return (
    <>
      <b>{receipt.what}</b> <When view={view} at={receipt.at} /> · {receipt.verdict}{' '}
      {receipt.hasPdf ? <a href={paths.receiptPdf(receipt.id)}>PDF</a> : null}{' '}
      <a href={paths.receiptMail(receipt.id)}>{view.t('receipt.mail')}</a>
    </>
  );
}

import type { DispatchService } from '#domain/dispatch';
import type { DeliveryState } from '#domain/registered';
import { EmptyPlace, Layout, PageHead, PostButton, paths, type View, When } from '../kit/index.ts';
import { Receipt, type ReceiptModel } from './receipt.tsx';
import { type UntiedModel, UntiedReceipts } from './untied-receipts.tsx';

export interface DeliveryRow {
  readonly message: string;
  readonly address: string;
  readonly document: string;
  readonly service: DispatchService;
  /** `by_provider`: what an outside provider says of it stands in `said`. */
  readonly state: DeliveryState | 'by_provider';
  readonly said?: string;
  readonly receipts?: readonly ReceiptModel[];
  /** Colleagues to whom the recipient handed it, and who of them answered, each as a sentence. */
  readonly delegates?: readonly string[];
  readonly at: Date;
  /** Days that are left; null before the notice has left. */
  readonly daysLeft: number | null;
}

/** Deliveries behind a code or through a provider: what runs, with the days that are left, and how the others ended. */
export function DeliveriesScreen(props: {
  readonly view: View;
  readonly rows: readonly DeliveryRow[];
  readonly untied: UntiedModel;
  /** Offers the settings of IncaMail, where the plan has them and the person may change them. */
  readonly maySetUp: boolean;
}) {
  const { view, rows, untied, maySetUp } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('deliveries.title')}>
      <PageHead
        title={t('deliveries.title')}
        line={t('deliveries.line')}
        actions={maySetUp ? <a href={paths.settingsIncamail}>{t('deliveries.incamail')}</a> : undefined}
      />
      <UntiedReceipts view={view} model={untied} />
      {rows.length === 0 ? (
        <EmptyPlace now={t('deliveries.none')} />
      ) : (
        <ul class="deliveries" role="list">
          {rows.map((row) => (
            <Row view={view} row={row} />
          ))}
        </ul>
      )}
    </Layout>
  );
}

function Row(props: { readonly view: View; readonly row: DeliveryRow }) {
  const { view, row } = props;
  const { t } = view;
  return (
    <li>
      <span>
        <a href={paths.message(row.message)}>{row.address}</a>
        <small>
          {row.document} · {t(`service.${row.service}`)}
        </small>
        {row.delegates?.map((sentence) => (
          <small>{sentence}</small>
        ))}
      </span>
      <span>{stateOf(view, row)}</span>
      <When view={view} at={row.at} />
      <span class="end">
        {row.state === 'waiting' ? (
          <PostButton action={paths.deliveryWithdraw(row.message)} confirm={t('deliveries.withdraw.confirm')}>
            {t('deliveries.withdraw')}
          </PostButton>
        ) : null}
      </span>
      {row.receipts && row.receipts.length > 0 ? <Receipts view={view} receipts={row.receipts} /> : null}
    </li>
  );
}

function stateOf({ t }: View, row: DeliveryRow): string {
  if (row.state === 'by_provider') return row.said ?? '';
  return row.state === 'waiting' && row.daysLeft !== null
    ? t('deliveries.left', { days: row.daysLeft })
    : t(`deliveries.state.${row.state}`);
}

function Receipts(props: { readonly view: View; readonly receipts: readonly ReceiptModel[] }) {
  const { view, receipts } = props;
  return (
    <ul class="receipts" role="list">
      {receipts.map((receipt) => (
        <li>
          <Receipt view={view} receipt={receipt} />
        </li>
      ))}
    </ul>
  );
}

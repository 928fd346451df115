import { EmptyPlace, Layout, PageHead, PostButton, paths, type View, When } from '../kit/index.ts';

export interface DeliveryRow {
  readonly message: string;
  readonly address: string;
  readonly document: string;
  readonly service: 'registered' | 'confidential';
  readonly state: 'waiting' | 'accepted' | 'refused' | 'expired' | 'opened' | 'withdrawn';
  readonly at: Date;
  /** Days that are left; null before the notice has left. */
  readonly daysLeft: number | null;
}

/** Deliveries behind a code: what runs, with the days that are left, and how the others ended. */
export function DeliveriesScreen(props: { readonly view: View; readonly rows: readonly DeliveryRow[] }) {
  const { view, rows } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('deliveries.title')}>
      <PageHead title={t('deliveries.title')} line={t('deliveries.line')} />
      {rows.length === 0 ? (
        <EmptyPlace now={t('deliveries.none')} />
      ) : (
        <ul class="deliveries" role="list">
          {rows.map((row) => (
            <li>
              <span>
                <a href={paths.message(row.message)}>{row.address}</a>
                <small>
                  {row.document} · {t(`service.${row.service}`)}
                </small>
              </span>
              <span>
                {row.state === 'waiting' && row.daysLeft !== null
                  ? t('deliveries.left', { days: row.daysLeft })
                  : t(`deliveries.state.${row.state}`)}
              </span>
              <When view={view} at={row.at} />
              <span class="end">
                {row.state === 'waiting' ? (
                  <PostButton
                    action={paths.deliveryWithdraw(row.message)}
                    confirm={t('deliveries.withdraw.confirm')}
                  >
                    {t('deliveries.withdraw')}
                  </PostButton>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}

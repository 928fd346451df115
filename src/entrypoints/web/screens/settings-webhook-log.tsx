import { Cell, EmptyPlace, Pager, paths, Row, Section, Table, type View, When } from '../kit/index.ts';
import type { WebhooksModel } from './settings-webhooks-model.ts';

/** What webhooks were told in the last month, newest first. */
export function WebhookLog(props: { readonly view: View; readonly model: WebhooksModel }) {
  const { view, model } = props;
  const { t } = view;
  const { deliveries, newer, older } = model;
  return (
    <Section title={t('webhooks.log')}>
      {deliveries.length === 0 ? (
        <EmptyPlace now={t('webhooks.log.none')} later={t('webhooks.log.later')} />
      ) : (
        <div class="list">
          <Table
            class="plain"
            caption={t('webhooks.log')}
            columns={[
              { name: t('webhooks.log.event') },
              { name: t('webhooks.log.to'), class: 'mid' },
              { name: t('webhooks.log.state') },
              { name: t('webhooks.log.tries'), class: 'num mid' },
              { name: t('webhooks.log.at') },
            ]}
          >
            {deliveries.map((one) => (
              <Row href={paths.webhookDelivery(one.id)}>
                <Cell class="name">
                  <a href={paths.webhookDelivery(one.id)}>
                    <code>{one.eventType}</code>
                  </a>
                </Cell>
                <Cell class="mid">{one.url}</Cell>
                <Cell>{t(`webhooks.delivery.${one.state}`)}</Cell>
                <Cell class="num mid">{view.format.number(one.attempts)}</Cell>
                <Cell class="when">
                  <When view={view} at={one.at} form="dateTime" />
                </Cell>
              </Row>
            ))}
          </Table>
          <Pager view={view} shown={deliveries.length} newer={newer} older={older} />
        </div>
      )}
    </Section>
  );
}

import type { Child } from 'hono/jsx';
import type { View } from '../kit/index.ts';
import { webhookDeliveryModel, webhooksModel } from './sample-programs.ts';
import { suppressionsModel } from './sample-suppressions.ts';
import { MailboxScreen } from './settings-mailbox.tsx';
import { WebhookDeliveryScreen } from './settings-webhook-delivery.tsx';
import { WebhooksScreen } from './settings-webhooks.tsx';
import { SuppressionsScreen } from './suppressions.tsx';

/** Samples of further places. */
export const morePages: Readonly<Record<string, (view: View) => Child>> = {
  '/blocked': (view) => <SuppressionsScreen view={view} model={suppressionsModel} />,
  '/settings/senders/snd_1/mailbox': (view) => (
    <MailboxScreen
      view={view}
      model={{
        sender: 'snd_1',
        address: 'claire@vautrin.example',
        state: 'broken',
        why: view.t('reason.wrong_password'),
        values: {
          host: 'imap.vautrin.example',
          port: '993',
          security: 'implicit',
          user: '',
          hasPassword: false,
          verifyCertificate: true,
          keepSent: true,
        },
        errors: {},
      }}
    />
  ),
  '/settings/webhooks': (view) => <WebhooksScreen view={view} model={webhooksModel} />,
  '/settings/webhooks/deliveries/whd_1': (view) => (
    <WebhookDeliveryScreen view={view} model={webhookDeliveryModel} />
  ),
};

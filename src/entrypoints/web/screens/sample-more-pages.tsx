import type { Child } from 'hono/jsx';
import type { View } from '../kit/index.ts';
import { webhookDeliveryModel, webhooksModel } from './sample-programs.ts';
import { rulePages } from './sample-rules.tsx';
import { selfTestModel, waitingSelfTest } from './sample-self-test.ts';
import { suppressionsModel } from './sample-suppressions.ts';
import { IncamailScreen } from './settings-incamail.tsx';
import { MailboxScreen } from './settings-mailbox.tsx';
import { SelfTestScreen } from './settings-self-test.tsx';
import { WebhookDeliveryScreen } from './settings-webhook-delivery.tsx';
import { WebhooksScreen } from './settings-webhooks.tsx';
import { SuppressionsScreen } from './suppressions.tsx';

/** Samples of further places. */
export const morePages: Readonly<Record<string, (view: View) => Child>> = {
  ...rulePages,
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
  '/settings/senders/snd_1/self-test': (view) => <SelfTestScreen view={view} model={selfTestModel} />,
  '/settings/senders/snd_1/self-test?waiting': (view) => (
    <SelfTestScreen view={view} model={waitingSelfTest} />
  ),
  '/settings/incamail': (view) => (
    <IncamailScreen
      view={view}
      model={{
        values: {
          isActive: true,
          address: 'invoices@vautrin.example',
          user: 'invoices@vautrin.example',
          hasPassword: true,
          host: 'smtp.provider.example',
          port: '587',
          security: 'starttls',
          verifyCertificate: true,
          marking: 'subject',
          headerName: '',
          suffix: '.incamail.ch',
          receiptsFrom: 'incamail.ch\npost.ch',
          roots: '',
          mostBytes: '30',
        },
        account: { senderId: 'snd_2', problem: null, mailbox: { state: 'none', why: null } },
        testTo: 'claire@vautrin.example',
        errors: { suffix: view.t('wrong.suffix_invalid') },
      }}
    />
  ),
  '/settings/webhooks': (view) => <WebhooksScreen view={view} model={webhooksModel} />,
  '/settings/webhooks/deliveries/whd_1': (view) => (
    <WebhookDeliveryScreen view={view} model={webhookDeliveryModel} />
  ),
};

import type { Child } from 'hono/jsx';
import type { View } from '../kit/index.ts';
import { EmailsScreen } from './emails.tsx';
import { FiguresScreen } from './figures.tsx';
import { FrozenPageScreen } from './frozen-page.tsx';
import { PersonScreen } from './person.tsx';
import { deliveryPages } from './sample-deliveries.tsx';
import { now } from './sample-documents.ts';
import { emailsModel } from './sample-emails.ts';
import { networkPages } from './sample-network.tsx';
import { DataScreen, type ExportRow } from './settings-data.tsx';
import { PlanScreen } from './settings-plan.tsx';
import { PrivacyScreen } from './settings-privacy.tsx';

const exportAt = new Date('2026-11-20T08:12:00Z');
const exportUntil = new Date('2026-11-27T08:13:00Z');
const counts = { rows: 48_211, files: 3_120, missing: 0, bytes: 1_204_551_231 };
const exportRows: readonly ExportRow[] = [
  { id: 'exp_2', state: 'waiting', createdAt: new Date('2026-11-22T09:40:00Z'), expiresAt: null, ...counts },
  { id: 'exp_1', state: 'ready', createdAt: exportAt, expiresAt: exportUntil, ...counts, missing: 2 },
  { id: 'exp_0', state: 'expired', createdAt: new Date('2026-09-01T08:12:00Z'), expiresAt: null, ...counts },
];

const retention = {
  retentionDays: 90,
  days: [{ day: '2026-11-19', before: now, messages: 14, hits: 120, fields: 240, dnsAnswers: 6 }],
  held: { dispatches: 1, hits: 9 },
  next: { at: now, hits: 310 },
};

/** What is known of e-mails and people: lists, kept pages, figures. */
export const knowingPages: Readonly<Record<string, (view: View) => Child>> = {
  ...deliveryPages,
  ...networkPages,
  '/emails': (view) => <EmailsScreen view={view} model={emailsModel} />,
  '/emails/msg_1/page': (view) => (
    <FrozenPageScreen
      view={view}
      model={{
        message: 'msg_1',
        who: 'Maja Lindqvist',
        chosen: 'pag_2',
        versions: [
          { id: 'pag_1', at: now, language: 'fr', wasServed: false, wasSeen: false, sha256: 'ab'.repeat(32) },
          { id: 'pag_2', at: now, language: 'fr', wasServed: true, wasSeen: true, sha256: 'cd'.repeat(32) },
        ],
      }}
    />
  ),
  '/settings/data': (view) => <DataScreen view={view} model={{ exports: exportRows, retention }} />,
  '/settings/plan': (view) => (
    <PlanScreen
      view={view}
      model={{
        plan: { name: 'standard', has: ['api'], lacks: ['engagement'] },
        messages: { used: 842, limit: 1000, until: now },
        users: { used: 3, limit: null },
      }}
    />
  ),
  '/settings/privacy': (view) => (
    <PrivacyScreen
      view={view}
      model={{
        ceiling: 'full',
        byKind: { quote: 'links' },
        hintsOff: ['forwarded'],
        retentionDays: 90,
        erasureOnRequest: 'ask',
        holds: [{ dispatch: 'dsp_1', reason: 'Dispute about invoice 2026-0298', at: now }],
        processing: 'Processing: sending of sales documents by e-mail',
      }}
    />
  ),
  '/people?address=maja%40lindqvist.example': (view) => (
    <PersonScreen
      view={view}
      model={{
        address: 'maja@lindqvist.example',
        consents: [
          {
            customer: { id: 'cus_1', name: 'Studio Lindqvist' },
            tracking: 'granted',
            at: now,
            how: 'on the telephone',
          },
        ],
        changes: [{ at: now, actor: 'us', what: 'Contact or consent changed' }],
        messages: [
          {
            id: 'msg_1',
            subject: 'Invoice 2026-0318 from Vautrin Joinery',
            at: now,
            envelope: { state: 'opened', times: 3 },
            mode: 'full',
            visits: 4,
          },
        ],
        messageCount: 1,
      }}
    />
  ),
  '/emails/figures': (view) => (
    <FiguresScreen
      view={view}
      model={{
        isInPlan: true,
        ...emailsModel,
        by: 'day',
        buckets: Array.from({ length: 19 }, (_, at) => ({
          name: `2026-11-${String(at + 1).padStart(2, '0')}`,
          sent: 4 + ((at * 7) % 13),
          reached: 3 + ((at * 7) % 11),
          opened: 1 + ((at * 5) % 7),
          failed: at % 5 === 0 ? 1 : 0,
        })),
        total: { name: '', sent: 200, reached: 179, opened: 131, failed: 4 },
        secondsToOpening: 9400,
        daysToPayment: 17,
      }}
    />
  ),
};

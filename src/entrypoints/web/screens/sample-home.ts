import type { HomeModel } from './home.tsx';
import type { NoticeModel } from './notice-words.ts';
import { at, documentRows, event } from './sample-documents.ts';

const notice = (
  id: number,
  more: Pick<NoticeModel, 'state' | 'kind' | 'document' | 'customer'> & Partial<NoticeModel>,
): NoticeModel => ({
  id: `ntc_${id}`,
  at: at('2026-11-06', '15:21'),
  documentId: 'doc_8',
  messageId: `msg_${id}`,
  dispatchId: `dsp_${id}`,
  address: null,
  reason: null,
  serverWords: null,
  ...more,
});

export const noticeModels: readonly NoticeModel[] = [
  notice(1, {
    state: 'failed',
    kind: 'message_failed',
    document: 'invoice 2026-0316',
    customer: 'Construct Ionescu SRL',
    address: 'facturi@ionescu.example',
    reason: 'mailbox_unknown',
    serverWords:
      '550 5.1.1 <facturi@ionescu.example>: Recipient address rejected: User unknown in virtual mailbox table',
  }),
  notice(2, {
    state: 'unconfirmed',
    kind: 'message_unconfirmed',
    document: 'credit note CN-2026-006',
    customer: 'Hôtel du Parc',
  }),
  notice(3, {
    state: 'held',
    kind: 'message_held',
    document: 'Invoice 2026-0315',
    customer: 'Galerie Oost',
    address: 'office@galerie-oost.example',
    reason: 'suppressed',
  }),
  notice(4, {
    state: 'failed',
    kind: 'sender_broken',
    document: null,
    customer: null,
    messageId: null,
    address: 'claire@vautrin.example',
    count: 2,
  }),
  notice(5, {
    state: 'waiting',
    kind: 'message_delayed',
    document: 'invoice 2026-0311',
    customer: 'Maître Fabre',
  }),
  notice(6, {
    state: 'held',
    kind: 'message_held',
    document: 'quote Q-2026-041',
    customer: 'Galerie Oost',
    reason: 'sender_broken',
    sender: { id: 'snd_2', address: 'offers@vautrin.example', problem: 'wrong_password' },
  }),
];

export const homeModel: HomeModel = {
  notices: noticeModels.slice(0, 3),
  noticeCount: 5,
  waiting: [3, 2, 0].map((index, days) => ({
    document: documentRows[index]!.id,
    title: `Invoice ${documentRows[index]!.number}`,
    customer: documentRows[index]!.customer!,
    amount: documentRows[index]!.total,
    currency: 'EUR',
    days: days * 3,
    envelope: { state: 'accepted' },
  })),
  goingOut: [
    {
      dispatch: 'dsp_8',
      document: 'doc_1',
      title: 'Invoice 2026-0320',
      customer: 'Hôtel du Parc',
      at: at('2026-11-19', '16:00'),
    },
    {
      dispatch: 'dsp_9',
      document: 'doc_0',
      title: 'Invoice 2026-0321',
      customer: 'Bakkerij Peeters',
      at: null,
    },
  ],
  feed: [
    {
      ...event('visit.pixel_fetched', '2026-11-18', '17:40', 'person', 'Maja Lindqvist'),
      href: '/documents/doc_4',
      title: 'Invoice 2026-0318',
    },
    {
      ...event('visit.file_downloaded', '2026-11-13', '08:31', 'person', 'Jonas Ek'),
      href: '/documents/doc_4',
      title: 'Invoice 2026-0318',
    },
    {
      ...event('message.bounced', '2026-11-12', '08:31', 'server', 'Van Damme'),
      href: '/documents/doc_12',
      title: 'Invoice 2026-0309',
    },
  ],
  steps: { document: true, sent: false, sender: false },
};

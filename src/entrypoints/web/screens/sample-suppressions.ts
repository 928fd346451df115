import { at } from './sample-documents.ts';
import type { SuppressionsModel } from './suppressions.tsx';

export const suppressionsModel: SuppressionsModel = {
  rows: [
    {
      id: 'sup_1',
      address: 'facturi@ionescu.example',
      reason: 'mailbox_unknown',
      origin: 'report',
      messageId: 'msg_1',
      note: null,
      at: at('2026-11-06', '15:21'),
    },
    {
      id: 'sup_2',
      address: 'office@galerie-oost.example',
      reason: 'complaint',
      origin: 'report',
      messageId: 'msg_3',
      note: null,
      at: at('2026-10-30', '09:02'),
    },
    {
      id: 'sup_3',
      address: 'former.accountant@a-rather-long-name-of-a-company.example',
      reason: 'manual',
      origin: 'user',
      messageId: null,
      note: 'Left the firm; write to the office instead',
      at: at('2026-09-14', '11:40'),
    },
  ],
  count: 3,
  q: '',
  newer: null,
  older: null,
  values: { address: '', note: '' },
  errors: {},
};

import { now } from './sample-documents.ts';

/** Mails that the sandbox has kept. */
export const sandboxRows = [
  {
    id: 'msg_9',
    to: 'els@peeters.example',
    subject: 'Invoice 2026-0321 from Vautrin Joinery',
    at: now,
    attachments: ['2026-0321.pdf'],
    isCopy: false,
    read: false,
  },
  {
    id: 'msg_8',
    to: 'yann@belle-ile.example',
    subject: 'Quote Q-2026-044: bar and wine rack',
    at: now,
    attachments: [],
    isCopy: true,
    read: true,
  },
];

import { sendersModel } from './sample-settings.ts';
import type { SenderModel, SendersModel } from './settings-senders-model.ts';

const at = (day: string, time: string): Date => new Date(`${day}T${time}:00Z`);

/** Accounts at Google and Microsoft: one that is connected and tidies up its Sent folder, one for sending only, one whose consent has ended. */
export const accountsModel: SendersModel = {
  ...sendersModel,
  editing: null,
  senders: [
    account('google', 'claire@vautrin.example', {
      isDefault: true,
      connection: 'live',
      mailbox: { state: 'working', why: null },
      replies: 'read',
    }),
    account('microsoft', 'office@vautrin.example', {
      connection: 'live',
      mailbox: { state: 'none', why: null },
      replies: 'unseen',
    }),
    account('microsoft', 'jonas@vautrin.example', {
      state: 'broken',
      connection: 'ended',
      mailbox: { state: 'none', why: null },
      replies: 'unseen',
      test: {
        good: false,
        at: at('2026-11-19', '07:02'),
        sentence:
          'What its owner allowed at the provider has ended: it was withdrawn there, the password was changed, or it has expired. Connect the account again; what waits goes out by itself.',
        serverWords: 'invalid_grant',
      },
    }),
  ],
};

function account(method: 'google' | 'microsoft', address: string, more: Partial<SenderModel>): SenderModel {
  return {
    id: `snd_${address.split('@')[0]}`,
    name: 'Vautrin Joinery',
    address,
    method,
    state: 'valid',
    isDefault: false,
    server: null,
    proofs: [],
    via: null,
    limits: null,
    test: {
      good: true,
      at: at('2026-11-19', '12:30'),
      sentence: 'The test went out.',
      serverWords: method === 'google' ? '250 2.0.0 OK' : '250 2.0.0 OK <a1@prod.outlook.example>',
    },
    ...more,
  };
}

import { at } from './sample-documents.ts';
import type { SelfTestModel } from './settings-self-test.tsx';

/** A relay that takes our header out and replaces the Message-ID. */
export const selfTestModel: SelfTestModel = {
  sender: 'snd_1',
  address: 'invoices@vautrin.example',
  ways: ['return_host', 'mailbox', 'pasted'],
  errors: {},
  last: {
    at: at('2026-11-19', '12:30'),
    state: 'arrived',
    way: 'return_host',
    to: 't01kdz2v3e4f5g6h7j8k9m0n1p2q3r4s5t6v7@bounce.platform.example',
    serverWords: null,
    isStale: true,
    facts: [
      {
        title: 'Address for failures (envelope sender)',
        verdict: 'kept',
        state: 'opened',
        sent: 'invoices@vautrin.example',
        found: null,
      },
      {
        title: 'Number of the e-mail (Message-ID)',
        verdict: 'replaced',
        state: 'failed',
        sent: 'tst_01kdz2v3e4f5g6h7j8k9m0n1p2@vautrin.example',
        found: '20261119123000.4f1b2c03d1@relay.example',
      },
      {
        title: 'Signature of the domain (DKIM)',
        verdict: 'not signed',
        state: 'unconfirmed',
        sent: null,
        found: null,
      },
    ],
    consequences: [
      {
        state: 'unconfirmed',
        sentence: 'Failures come into the mailbox invoices@vautrin.example and are seen only there.',
        mailbox: true,
      },
      {
        state: 'unconfirmed',
        sentence: 'Answers go to whoever sent the e-mail and are not seen by Envoi.',
        mailbox: false,
      },
    ],
  },
};

/** One that is still on its way, with a source that was refused. */
export const waitingSelfTest: SelfTestModel = {
  ...selfTestModel,
  ways: ['pasted'],
  errors: { source: 'This is not the last test e-mail.' },
  last: {
    at: at('2026-11-19', '12:30'),
    state: 'waiting',
    way: 'pasted',
    to: 'claire@vautrin.example',
    serverWords: null,
    isStale: false,
    facts: [],
    consequences: [],
  },
};

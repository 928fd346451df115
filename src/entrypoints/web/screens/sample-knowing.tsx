import type { Child } from 'hono/jsx';
import type { View } from '../kit/index.ts';
import { EmailsScreen } from './emails.tsx';
import { FrozenPageScreen } from './frozen-page.tsx';
import { now } from './sample-documents.ts';
import { emailsModel } from './sample-emails.ts';

/** What is known of e-mails and people: lists, kept pages, figures. */
export const knowingPages: Readonly<Record<string, (view: View) => Child>> = {
  '/emails': (view) => <EmailsScreen view={view} model={emailsModel} />,
  '/emails/msg_1/page': (view) => (
    <FrozenPageScreen
      view={view}
      model={{
        message: 'msg_1',
        who: 'Maja Lindqvist',
        chosen: 'pag_2',
        versions: [
          { id: 'pag_1', at: now, language: 'fr', wasServed: false, sha256: 'ab'.repeat(32) },
          { id: 'pag_2', at: now, language: 'fr', wasServed: true, sha256: 'cd'.repeat(32) },
        ],
      }}
    />
  ),
};

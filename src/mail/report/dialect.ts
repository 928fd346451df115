import type { FailureClass, RecipientAction } from './report.ts';
import type { ReportMail } from './report-mail.ts';

/** The step of the SMTP conversation at which the other side refused. */
export type Stage = 'connect' | 'hello' | 'mail' | 'rcpt' | 'data';

/** What a report says of one recipient, before it is judged. */
export type Notice = {
  readonly address: string;
  readonly action?: RecipientAction;
  readonly status?: string;
  readonly smtpCode?: number;
  readonly diagnostic?: string;
  /** Further words of the report about this recipient: read only where the diagnostic says too little. */
  readonly context?: string;
  readonly stage?: Stage;
  readonly remoteHost?: string;
  /** Set where the reporting program's own words leave no doubt. */
  readonly class?: FailureClass;
};

/** One way of writing reports. The first in the list that recognises a mail and finds a recipient in it reads it. */
export type Dialect = {
  readonly name: string;
  /** Where the format is described, or which program writes it. */
  readonly source: string;
  readonly recognise: (mail: ReportMail) => boolean;
  readonly read: (mail: ReportMail) => readonly Notice[];
};

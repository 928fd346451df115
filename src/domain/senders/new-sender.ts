import type { Providers } from './grants/provider.ts';
import type { HostPolicy } from './host.ts';
import type { House } from './house.ts';
import type { SenderMethod, TlsPolicy } from './sender.ts';
import type { SmtpSettingsInput } from './sender-input.ts';
import type { SenderLimitsInput } from './sender-limits.ts';

/** What senders need from the installation: the 32-byte key for secrets, which hosts may be dialed, how mail leaves by itself. */
export interface SenderDeps {
  readonly key: Uint8Array;
  readonly hostPolicy: HostPolicy;
  readonly house: House;
  /** Mailbox providers where the operator has registered an app. */
  readonly providers: Providers;
}

export interface NewSender {
  readonly companyId: string;
  readonly method: SenderMethod;
  readonly name?: string;
  readonly address: string;
  readonly replyTo?: string | null;
  readonly settings?: SmtpSettingsInput;
  readonly password?: string;
  /** Another sender by SMTP whose server and password this address uses too, instead of `settings`. */
  readonly viaSenderId?: string;
  /** It is the account with an outside provider. */
  readonly provider?: 'incamail';
  /** Of senders that leave through the installation itself; default `opportunistic`. */
  readonly tls?: TlsPolicy;
  /** What the company allows itself; default: no limit. */
  readonly limits?: SenderLimitsInput;
  /** Of an account at Google or Microsoft: whether its mailbox may be opened by IMAP; default false. */
  readonly usesMailbox?: boolean;
}

import type { EnvelopeModel, SeenPage } from '../kit/index.ts';
import type { EventModel } from './event-words.ts';
import type { NoticeModel } from './notice-words.ts';
import type { NoticesModel } from './notices.tsx';

export type AttemptModel = {
  readonly number: number;
  readonly at: Date;
  /** As the attempts table has it; null while it runs. */
  readonly outcome: 'accepted' | 'temporary' | 'permanent' | 'unknown_after_dot' | 'lost' | null;
  /** "mx1.example [192.0.2.25]". */
  readonly server: string | null;
  /** "TLS 1.3, certificate valid". */
  readonly tls: string | null;
  /** Why it went unencrypted although their server offers encryption, and what was heard then. */
  readonly inTheClear?: { readonly words: string; readonly said: string } | null;
  readonly durationMs: number | null;
  readonly nextTryAt: Date | null;
  readonly serverWords: string | null;
  /** What the DNS said then, in lines. */
  readonly dns?: string | null;
  /** What they mean, in plain words. */
  readonly problem?: string | null;
};

export type MessageModel = {
  readonly id: string;
  readonly dispatch: string;
  /** The recipient's name, or the address. */
  readonly who: string;
  readonly envelope: EnvelopeModel;
  readonly delivery: string;
  readonly purpose: 'first' | 'reminder' | 'resend';
  readonly origin: 'manual' | 'automatic' | 'api';
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly at: Date;
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly subject: string;
  readonly bytes: number | null;
  readonly tab: 'mail' | 'headers';
  /** The head of the mail, with `tab` = `headers`. */
  readonly headers: string | null;
  readonly events: readonly EventModel[];
  /** There are older ones. */
  readonly isCut?: boolean;
  readonly attempts: readonly AttemptModel[];
  readonly signedBy: string | null;
  /** Events of the dispatch's chain, and whether it holds. */
  /** True when this installation makes evidence files. */
  readonly canExportEvidence: boolean;
  readonly chain: { readonly events: number; readonly unbroken: boolean };
  /** Why there may be no sign of the customer: the tracking in force. */
  readonly tracking: 'none' | 'links' | 'full' | 'code';
  /** What is known of this person, in a sentence. */
  readonly known?: string;
  /** Why there may never be a sign, each as a sentence. */
  readonly noSign?: readonly string[];
  readonly pagesSeen?: readonly SeenPage[];
  readonly address?: string;
  /** Why its history is on legal hold; null: it is not. */
  readonly held?: string | null;
  /** When the content of its dispatch was erased; `mayErase`: the person may erase it, and it is at an end. */
  readonly erasedAt?: Date | null;
  readonly mayErase?: boolean;
  /** How it can be repaired, as a notice has it; null: nothing to repair. */
  readonly repair?: NoticeModel | null;
  readonly refused?: NoticesModel['refused'];
  readonly canCancel?: boolean;
  /** Files that went along, by name. */
  readonly attachments?: readonly string[];
};

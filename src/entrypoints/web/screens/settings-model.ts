import type { Language } from '#base/language';
import type { DocumentKind } from '#domain/documents';
import type { Errors } from '../kit/index.ts';

export type CompanyModel = {
  readonly values: {
    readonly name: string;
    readonly address: string;
    readonly country: string;
    readonly vatId: string;
    readonly language: Language;
    readonly timeZone: string;
    readonly tracking: 'none' | 'links' | 'full';
    readonly basis: 'consent' | 'other';
    /** Days that detailed history is kept: 30 to 3650. */
    readonly retentionDays: number;
    readonly fiscalMonth: number;
    /** Seconds in which a send can be taken back: 0 to 600. */
    readonly undoSeconds: number;
    /** Days that customers' links work: 1 to 3650. */
    readonly linkDays: number;
    readonly cc: string;
    readonly bcc: string;
    readonly copyToSender: boolean;
    readonly hideSender: boolean;
    readonly trackReplies: boolean;
    /** `auto`: attached from an own sender, linked from the platform's. */
    readonly attach: 'auto' | 'yes' | 'no';
    /** `#rrggbb` or empty. */
    readonly brandColor: string;
    readonly letterFooter: string;
    readonly iban: string;
    readonly bic: string;
    readonly accountHolder: string;
    readonly paymentLink: string;
    readonly quoteTerms: string;
    readonly decisionCodeAbove: string;
    /** `kind.language` → pattern. */
    readonly fileNames: Readonly<Record<string, string>>;
  };
  /** Where the logo in use is shown; null: none. */
  /** Mail can be addressed to this installation. */
  readonly canTrackReplies: boolean;
  readonly logoUrl: string | null;
  /** The kinds of documents, and the pattern that holds where the company has none of its own (`kind.language`). */
  readonly kinds: readonly DocumentKind[];
  readonly usualFileNames: Readonly<Record<string, string>>;
  readonly countries: readonly string[];
  readonly timeZones: readonly string[];
  readonly errors: Errors;
  readonly saved: boolean;
};

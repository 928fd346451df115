/*
 * waiting ── made ── ready ── 7 days, or a person was erased ── expired
 *    └── three tries ── failed
 */
export type ExportState = 'waiting' | 'ready' | 'failed' | 'expired';

export interface CompanyExport {
  readonly id: string;
  readonly companyId: string;
  readonly actor: 'user' | 'program' | 'system';
  /** The user's or key's id. */
  readonly askedBy: string;
  readonly state: ExportState;
  readonly tries: number;
  /** Of all tables together. */
  readonly rows: number;
  /** Documents, mails and everything else that is a file. */
  readonly files: number;
  /** Files that rows name and that cannot be read; the list of files says which. */
  readonly missing: number;
  readonly bytes: number;
  readonly createdAt: Date;
  readonly readyAt: Date | null;
  readonly expiresAt: Date | null;
}

/** One file in the ZIP. */
export interface ExportEntry {
  readonly path: string;
  /** `part`: written for this export; `file`: in the files store; `mail`: put together from the archive. */
  readonly source: 'part' | 'file' | 'mail';
  readonly ref: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** The channel on which workers hear that an export waits. */
export const exportsDue = 'envoi_exports';

export const keptDays = 7;
export const mostTries = 3;

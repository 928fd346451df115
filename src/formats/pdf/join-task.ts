/** One PDF of several that are to become one; `title` is its bookmark. */
export interface PdfPart {
  readonly title: string;
  readonly bytes: Uint8Array;
}

/**
 * Why a part stays a file of its own. `carries_files`: it has files inside, such as the data of a Factur-X invoice; `signed`: its signature
 * would break.
 */
export type ApartReason =
  | 'carries_files'
  | 'signed'
  | 'encrypted'
  | 'broken_pdf'
  | 'too_big'
  | 'took_too_long';

/** What the thread is asked to join. */
export interface JoinTask {
  readonly parts: readonly PdfPart[];
  readonly title: string;
  readonly language: string;
  readonly date: string;
  readonly losing: boolean;
  readonly maxPages: number;
}

/** What it made, and what it left apart. */
export interface JoinAnswer {
  readonly bytes: Uint8Array | null;
  readonly apart: readonly { readonly part: number; readonly reason: ApartReason }[];
}

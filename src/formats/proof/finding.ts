/** The steps of a check, in their order. */
export type Step = 'container' | 'files' | 'seal' | 'stamps' | 'events' | 'log' | 'report';

/** A step that holds, with what it counted or saw. */
export interface Finding {
  readonly step: Step;
  readonly details: readonly string[];
}

/** The files of an evidence file by their names. */
export type Parts = ReadonlyMap<string, Uint8Array>;

/** Something does not fit: what, at which step, in which file. */
export class ProofFailed extends Error {
  override readonly name = 'ProofFailed';
  readonly step: Step;
  readonly file: string | null;
  constructor(step: Step, message: string, file: string | null) {
    super(message);
    this.step = step;
    this.file = file;
  }
}

export function fail(step: Step, message: string, file: string | null = null): never {
  throw new ProofFailed(step, message, file);
}

/** What an evidence file says of itself, as far as it was checked. */
export interface EvidenceFacts {
  dispatchId: string | null;
  events: number;
  /** SHA-256 of the root certificate in the file: to be compared with what the sender's installation says of itself. */
  rootSha256: string | null;
  sealedBy: string | null;
  sealedAt: string | null;
  /** Time stamps that hold: when, and whose certificate says so. */
  stamps: { at: string; by: string }[];
  log: { name: string; size: number } | null;
  erased: number;
  /** Attached pages, pictures, receipts and conversations that no event names: they rest on the seal alone. */
  unnamed: number;
}

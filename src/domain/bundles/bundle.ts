import type { Language } from '#base/language';
import type { EvidenceSummary } from '#domain/proofs';

/*
 * waiting ── all files made ── ready ── 7 days ── expired
 */
export type BundleState = 'waiting' | 'ready' | 'expired';

export interface Bundle {
  readonly id: string;
  readonly companyId: string;
  /** Null: of chosen documents. */
  readonly customerId: string | null;
  /** Days of the company's zone, both included; null: open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly language: Language;
  readonly actor: 'user' | 'program' | 'system';
  /** The user's or key's id. */
  readonly askedBy: string;
  readonly state: BundleState;
  readonly createdAt: Date;
  readonly readyAt: Date | null;
  readonly expiresAt: Date | null;
  /** How many dispatches it holds, how many of them are made, and how many cannot be. */
  readonly dispatches: number;
  readonly made: number;
  readonly failed: number;
  /** Of all files together. */
  readonly bytes: number;
}

/** One file of a bundle. */
export interface BundleFile {
  readonly place: number;
  readonly dispatchId: string | null;
  readonly name: string;
  readonly isFailed: boolean;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly facts: EvidenceSummary | null;
}

/** The channel on which workers hear that a bundle waits. */
export const bundlesDue = 'envoi_bundles';

/** More would be a ZIP that nobody opens; a shorter period makes several. */
export const mostDispatches = 5000;
export const keptDays = 7;
export const mostTries = 3;

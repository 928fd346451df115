/** What was touched. `view` is the page's own word that it was visible for two seconds; `failure` a link that did not open. */
export type Signal = 'pixel' | 'page' | 'view' | 'file' | 'download' | 'failure';

/** Who or what it was, as far as a request can tell. */
export type HitActor = 'person' | 'proxied' | 'privacy_proxy' | 'prefetch' | 'scanner' | 'staff' | 'unknown';

/** Seconds by number of the page. */
export type PageSeconds = Readonly<Record<string, number>>;

/** A hit as the edge writes it down, before anything is known about it. Its id makes replays harmless. */
export interface Hit {
  readonly id: string;
  readonly at: Date;
  readonly messageId: string;
  readonly generation: number;
  readonly signal: Signal;
  readonly method: string;
  readonly userAgent: string;
  readonly ip: string;
  /** The portal is reached on this machine only, so that no outside scanner can have been there. */
  readonly isLocal: boolean;
  /** The browser session of the portal, as a digest; null when the cookie was not (yet) sent back. */
  readonly session: string | null;
  /** Companies whose staff mark the browser brought: at their own pages they are staff, elsewhere customers. */
  readonly staffOf: readonly string[];
  readonly documentId: string | null;
  /** Pages seen in a view. */
  readonly pages: readonly number[];
  /** How long each of them was on the screen, in seconds, as the browser reports; empty where that is not recorded. */
  readonly pageSeconds: PageSeconds;
  /** Why a link failed: `expired`, `revoked`, `error`. */
  readonly failure: string | null;
  /** SHA-256 of the page that was served, as it is kept; null for everything else. */
  readonly served: string | null;
}

/** What the rules look at. `secondsSinceDelivery` is null when the hand-over is not known, negative before it. */
export interface HitFacts {
  readonly signal: Signal;
  readonly method: string;
  readonly userAgent: string;
  readonly ip: string;
  readonly session: string | null;
  readonly documentId: string | null;
  readonly isStaff: boolean;
  readonly isLocal: boolean;
  /** A copy with the same picture and links lies in the sender's own Sent folder. */
  readonly mayBeSender?: boolean;
  readonly at: Date;
  readonly secondsSinceDelivery: number | null;
}

/** Another hit on the same message. */
export interface PastHit {
  readonly at: Date;
  readonly signal: Signal;
  readonly actor: HitActor;
  readonly session: string | null;
  readonly network: string | null;
  readonly documentId: string | null;
}

export interface HitClass {
  readonly actor: HitActor;
  readonly certainty: 'certain' | 'probable';
  /** Stable words, each of them worded on the screens. */
  readonly reasons: readonly string[];
  /** The version of the rules that said so. */
  readonly ruleset: string;
}

/** How much is recorded: nothing, the portal only, or the pixel too. */
export type TrackingMode = 'none' | 'links' | 'full';

/** What `openLinks` takes when a message is made. `counted` is false for the sender's own duplicate. */
export interface NewLink {
  readonly messageId: string;
  readonly companyId: string;
  readonly dispatchId: string;
  readonly documentIds: readonly string[];
  /** Of the mail, and so of its page. */
  readonly language: string;
  readonly mode: TrackingMode;
  readonly counted: boolean;
  readonly expiresAt: Date;
  /** The provider files a copy of this mail, with the same picture and links, in the sender's own Sent folder. */
  readonly copiedInSent?: boolean;
  /** False: nothing in the mail leads to the page, and so it is not kept for this mail. */
  readonly leadsThere?: boolean;
}

export interface Link extends Omit<NewLink, 'leadsThere'> {
  readonly copiedInSent: boolean;
  /** When that copy was replaced by one without them. */
  readonly copiesClearedAt: Date | null;
  readonly generation: number;
  readonly revokedAt: Date | null;
  readonly handedOverAt: Date | null;
}

/** Where a link stands: only an open one shows documents. */
export type LinkState = 'open' | 'expired' | 'revoked';

/** The state of a link for a token of that generation; an older generation is a revoked link. */
export function linkState(link: Link, generation: number, now: Date): LinkState {
  if (link.revokedAt !== null || generation !== link.generation) return 'revoked';
  return link.expiresAt <= now ? 'expired' : 'open';
}

/** Tells whether at that time a copy of the mail with the same picture and links lay in the sender's own Sent folder. */
export function mayBeSender(link: Pick<Link, 'copiedInSent' | 'copiesClearedAt'>, at: Date): boolean {
  return link.copiedInSent && (link.copiesClearedAt === null || at < link.copiesClearedAt);
}

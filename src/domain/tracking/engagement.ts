/** The highest that is known of a message; each level is shown, none of them says "read". */
export const engagementLevels = [
  'none',
  'machine_only',
  'opened',
  'viewed',
  'downloaded',
  'replied',
] as const;

export type EngagementLevel = (typeof engagementLevels)[number];

export interface Engagement {
  readonly messageId: string;
  readonly level: EngagementLevel;
  readonly openedCount: number;
  readonly viewedCount: number;
  readonly downloadedCount: number;
  readonly machineCount: number;
  readonly firstOpenedAt: Date | null;
  readonly lastOpenedAt: Date | null;
  readonly firstViewedAt: Date | null;
  readonly lastViewedAt: Date | null;
  readonly firstDownloadedAt: Date | null;
  readonly lastDownloadedAt: Date | null;
  readonly lastAt: Date | null;
}

/** The engagement of a message that nobody touched. */
export function noEngagement(messageId: string): Engagement {
  return {
    messageId,
    level: 'none',
    openedCount: 0,
    viewedCount: 0,
    downloadedCount: 0,
    machineCount: 0,
    firstOpenedAt: null,
    lastOpenedAt: null,
    firstViewedAt: null,
    lastViewedAt: null,
    firstDownloadedAt: null,
    lastDownloadedAt: null,
    lastAt: null,
  };
}

/** The higher of two levels. */
export function higherLevel(a: EngagementLevel, b: EngagementLevel): EngagementLevel {
  return engagementLevels.indexOf(a) >= engagementLevels.indexOf(b) ? a : b;
}

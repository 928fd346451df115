export { type Engagement, type EngagementLevel, engagementLevels, noEngagement } from './engagement.ts';
export type { Hit, HitActor, HitClass, HitFacts, PastHit, Signal } from './hit.ts';
export {
  findLink,
  linksOf,
  markHandedOver,
  openLinks,
  renewLink,
  revokeLinks,
  silenceLinks,
} from './keep-links.ts';
export { type Link, type LinkState, linkState, type NewLink, type TrackingMode } from './link.ts';
export {
  deriveLinkKey,
  type LinkPurpose,
  type LinkTokens,
  linkTokens,
  linkUrls,
  readToken,
} from './token.ts';
export type { TrackingTables } from './tracking-tables.ts';

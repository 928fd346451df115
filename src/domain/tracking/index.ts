export {
  customerCookie,
  makeCustomerMark,
  playMail,
  readCustomerMark,
} from './customer-mark.ts';
export { type DescribedHit, describeHit } from './describe-hit.ts';
export {
  type Engagement,
  type EngagementLevel,
  engagementLevels,
  noEngagement,
} from './engagement.ts';
export { countHits } from './figures-table.ts';
export { forgetDetails } from './forget-details.ts';
export {
  noteDispatchPage,
  notePage,
  type PageToFreeze,
  pagePlaceholder,
  storePage,
} from './freeze-page.ts';
export {
  deleteFrozenPages as forgetFrozenPages,
  type FrozenImage,
  type FrozenPage,
  selectFrozenPages as frozenPagesOf,
  selectUnfrozen as listUnfrozen,
  type UnfrozenPage,
} from './frozen-page-table.ts';
export type { Hit, HitActor, HitClass, HitFacts, PageSeconds, PastHit, Signal } from './hit.ts';
export { isMachinesVisit } from './hit-fact.ts';
export { type HitJournal, type HitRecord, takeHit } from './hit-journal.ts';
export type { RecordedHit } from './hit-table.ts';
export { type HeldHistory, holdHistory, liftHold } from './hold-history.ts';
export {
  closeLinks,
  findLink,
  linksOf,
  markCopiesCleared,
  markHandedOver,
  openLinks,
  openLinksOfNotes,
  renewLink,
  revokeLinks,
  silenceLinks,
} from './keep-links.ts';
export { type LegalHold, selectHolds as holdsOf } from './legal-hold-table.ts';
export { type Link, type LinkState, linkState, type NewLink, type TrackingMode } from './link.ts';
export { markReplied } from './mark-replied.ts';
export { networkOf } from './network.ts';
export { engagementsOf, hitsOf } from './read-engagement.ts';
export { asJudgedNow } from './relabel-fact.ts';
export { type Relabeled, relabelHits } from './relabel-hits.ts';
export { type RelayRanges, readRelayRanges } from './relay-ranges.ts';
export { type PrunedDay, type RetentionReport, retentionReport } from './retention-report.ts';
export { deleteHitsOn as forgetHitsOn } from './retention-table.ts';
export { ownCopyReason, type Ruleset, readRuleset, relayReason, shippedRuleset } from './ruleset.ts';
export { deriveStaffKey, makeStaffMark, readStaffMark, staffCookie } from './staff-mark.ts';
export {
  deriveLinkKey,
  type LinkPurpose,
  type LinkTokens,
  linkTokens,
  linkUrls,
  namedMessage,
  readToken,
} from './token.ts';
export type { TrackingTables } from './tracking-tables.ts';
export { type WrittenHits, writeHits } from './write-hits.ts';

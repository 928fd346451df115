export { selectUse as sentSince } from './figures-table.ts';
export { catchUp, followLog, reachOfOverview, rebuildOverview } from './follow-log.ts';
export { type KeptView, keepView, type ViewProblem } from './keep-views.ts';
export {
  type MessageFilter,
  selectSendersWithMails as sendersWithMails,
  type Tally,
} from './message-table.ts';
export type { OverviewSources } from './overview-sources.ts';
export {
  type DocumentRow,
  type MessageCategory,
  type MessageRow,
  messageCategories,
  type OverviewTables,
  type Reached,
  type ViewPlace,
} from './overview-tables.ts';
export { type Bucket, type Figures, readFigures } from './read-figures.ts';
export {
  countDocuments,
  countFound,
  countMessages,
  listDocuments,
  listMessages,
  type MessageTotals,
  type Page,
  totalMessages,
} from './read-lists.ts';
export type { Counted, DocumentFilter, Place } from './read-table.ts';
export {
  deleteView as forgetView,
  type SavedView,
  selectViews as listViews,
  type ViewOwner,
} from './saved-view-table.ts';

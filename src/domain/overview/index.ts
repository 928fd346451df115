export { catchUp, followLog, type OverviewSources, rebuildOverview } from './follow-log.ts';
export type { DocumentRow, MessageRow, OverviewTables, Reached } from './overview-tables.ts';
export {
  countDocumentRows as countDocuments,
  countLimit,
  countMessageRows as countMessages,
  type DocumentFilter,
  type MessageFilter,
  type Place,
  selectDocumentRows as listDocuments,
  selectMessageRows as listMessages,
} from './read-table.ts';

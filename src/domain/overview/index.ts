export { catchUp, followLog, reachOfOverview, rebuildOverview } from './follow-log.ts';
export type { OverviewSources } from './overview-sources.ts';
export type { DocumentRow, MessageRow, OverviewTables, Reached } from './overview-tables.ts';
export { countDocuments, countMessages, listDocuments, listMessages, type Page } from './read-lists.ts';
export type { DocumentFilter, MessageFilter, Place } from './read-table.ts';

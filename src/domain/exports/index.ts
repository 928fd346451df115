export { askExport, type ExportRequest, recordDownload } from './ask-export.ts';
export { type CompanyExport, type ExportState, exportsDue } from './export.ts';
export type { ExportDeps, WorkTables as ExportWorkTables } from './export-deps.ts';
export { type ExportTables, endExports, selectExports as getExports } from './export-table.ts';
export { type PackedExport, packExport } from './pack-export.ts';
export { workExports } from './work-exports.ts';

export type { Cell, Column, SheetTable } from './sheet-table.ts';
export { writeWorkbook } from './write-workbook.ts';

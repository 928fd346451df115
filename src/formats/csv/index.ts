export { amountOf, type DateOrder, dateOrderOf, dayOf, decimalMarkOf } from './csv-values.ts';
export { headWords, type ParsedTable, parseTable } from './parse-table.ts';
export { readTable, type TableRead } from './read-table.ts';

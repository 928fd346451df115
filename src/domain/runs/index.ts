export { askAnew } from './ask-anew.ts';
export { type Created, changeRun, createRun, type NewRun, type RunChanged } from './create-run.ts';
export {
  decideLine,
  decideRun,
  type LineDeed,
  mayBeUndone,
  type RunDecided,
  type RunDeed,
} from './decide-run.ts';
export { drawLetter } from './make-letter.ts';
export { nextOfficeTime } from './office-hours.ts';
export { type Progress, readProgress } from './read-progress.ts';
export { levelFor } from './request-of.ts';
export { leastGapDays } from './rested-lines.ts';
export {
  type Grouping,
  type JoinPdfs,
  joinPdfsWays,
  type LevelOptions,
  type LineProblem,
  type LineState,
  type LineText,
  type LineWarning,
  lineStates,
  type Run,
  type RunLine,
  type RunOptions,
  type RunState,
} from './run.ts';
export { type RunCell, selectCells as listCells } from './run-cells-table.ts';
export { selectLine as getLine, selectLines as listLines } from './run-line-table.ts';
export type { RunNeeds } from './run-needs.ts';
export {
  areAttachedByRuns as runsAttach,
  type RunTables,
  selectRun as getRun,
  selectRuns as listRuns,
} from './run-table.ts';
export { type CellProblem, textOfRun } from './run-texts.ts';
export { sendRunsAnew } from './send-anew.ts';
export { type DocumentInRun, selectDocumentsInRuns as documentsInRuns } from './unsent-table.ts';
export { runsDue, workRuns } from './work-runs.ts';

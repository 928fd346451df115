export { describeReport, type ReportDescription } from './describe-report.ts';
export { readReport } from './read-report.ts';
export type {
  Disposition,
  FailureClass,
  RecipientAction,
  Report,
  ReportKind,
  ReportOrigin,
  ReportRecipient,
} from './report.ts';
export type { ReportLimits } from './report-mail.ts';

export { type FileBreak, type FilesReport, verifyFiles } from './verify-files.ts';

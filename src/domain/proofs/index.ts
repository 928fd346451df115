export { type EvidenceRequest, type MadeEvidence, makeEvidence } from './make-evidence.ts';
export type { ProofDeps, ProofTables, WordEvent } from './proof-deps.ts';
export { type ProofWords, proofWordsIn, wordKnown } from './proof-words.ts';
export type { EvidenceSummary } from './summarise.ts';
export { utcTime } from './utc-time.ts';
export { type FileBreak, type FilesReport, verifyFiles } from './verify-files.ts';

export { type ArchiveEntry, ArchiveRefused, readArchive, writeArchive } from './archive.ts';
export { writeAsicManifest } from './asic-manifest.ts';
export { certificatesOf } from './certificates-of.ts';
export { type CheckedCms, type CheckedStamp, checkCms, checkStamp, SignatureBroken } from './check-cms.ts';
export { checkEvidence, type EvidenceReport } from './check-evidence.ts';
export { writeLogProof } from './check-log.ts';
export { checkPdfSeal } from './check-pdf.ts';
export { describeEvidence } from './describe-evidence.ts';
export { layout, type Manifest, numbered } from './evidence-layout.ts';

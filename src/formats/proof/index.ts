export { type ArchiveEntry, readArchive, writeArchive } from './archive.ts';
export { writeAsicManifest } from './asic-manifest.ts';
export { type Certificate, chainTo, readCertificate } from './certificate.ts';
export { certificatesOf } from './certificates-of.ts';
export {
  type CheckedCms,
  type CheckedStamp,
  checkCms,
  checkStamp,
  checkStampOf,
  SignatureBroken,
} from './check-cms.ts';
export { checkEvidence, type EvidenceReport } from './check-evidence.ts';
export { writeLogProof } from './check-log.ts';
export { checkPdfSeal, checkPdfSignatures, type PdfSignature } from './check-pdf.ts';
export { describeEvidence } from './describe-evidence.ts';
export { layout, type Manifest, numbered } from './evidence-layout.ts';

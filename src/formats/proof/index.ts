export { type CheckedCms, type CheckedStamp, checkCms, checkStamp, SignatureBroken } from './check-cms.ts';

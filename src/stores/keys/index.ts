export { isInstallationKey } from './installation-key-table.ts';
export { certificatePem, type KeyRing, type LogKey, openKeyRing, verifierOf } from './key-ring.ts';
export { UnusableKeys } from './private-files.ts';
export {
  type BoughtSeal,
  importSeal,
  renewSeal,
  type SealReplaced,
  type SealRotation,
  sealRotationText,
} from './replace-seal.ts';
export { type Rotation, rotateLogKey, rotationText } from './rotate-log-key.ts';

export { certificatePem, type KeyRing, type LogKey, openKeyRing, verifierOf } from './key-ring.ts';
export { UnusableKeys } from './private-files.ts';
export { type Rotation, rotateLogKey, rotationText } from './rotate-log-key.ts';

export { type CertificateWish, type Identity, makeRoot, makeSeal } from './make-certificate.ts';
export { type Signer, signCms } from './sign-cms.ts';
export { askTimeStamp, StampRefused } from './time-stamp.ts';

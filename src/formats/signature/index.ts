export { type CertificateWish, type Identity, makeRoot, makeSeal } from './make-certificate.ts';
export { type OpenedPkcs12, openPkcs12 } from './read-pkcs12.ts';
export { rangePlace, sealBytes, sealPdf } from './seal-pdf.ts';
export { type Signer, signCms } from './sign-cms.ts';
export { askTimeStamp, StampRefused } from './time-stamp.ts';

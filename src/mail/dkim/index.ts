export { dkimRecord } from './dkim-record.ts';
export { type DkimAlgorithm, type DkimSigner, signMail, signMailInThread } from './sign-mail.ts';
export { type CheckedSignature, type SignatureVerdict, verifySignatures } from './verify-signatures.ts';

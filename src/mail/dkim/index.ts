export { dkimRecord } from './dkim-record.ts';
export { type DkimAlgorithm, type DkimSigner, signMail, signMailInThread } from './sign-mail.ts';

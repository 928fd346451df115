export { composeMail, type MailContent } from './compose-mail.ts';
export {
  type AttachedFile,
  type EncodedPart,
  encodeAttachment,
  encodeInline,
} from './encoded-part.ts';
export { type Mail, type MailBytes, mailBytes, mailChunks, mailSha256, mailSize } from './mail.ts';
export type { MailHeaders } from './mail-headers.ts';
export { passOnMail } from './pass-on.ts';
export {
  type ReadAttachment,
  type ReadLimits,
  type ReadMail,
  type ReadRefusal,
  readMail,
} from './read-mail.ts';
export { type Header, type SplitHeaders, splitHeaders } from './split-headers.ts';

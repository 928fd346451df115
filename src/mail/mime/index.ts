export { composeMail, type MailContent } from './compose-mail.ts';
export {
  type AttachedFile,
  cleanFileName,
  type EncodedPart,
  encodeAttachment,
  encodeInline,
} from './encoded-part.ts';
export { type Mail, type MailBytes, mailBytes, mailChunks, mailSha256, mailSize } from './mail.ts';
export { type MailHeaders, mailDate } from './mail-headers.ts';
export {
  defaultReadLimits,
  type ReadAttachment,
  type ReadLimits,
  type ReadMail,
  type ReadRefusal,
  readMail,
} from './read-mail.ts';
export { type Header, type SplitHeaders, splitHeaders } from './split-headers.ts';

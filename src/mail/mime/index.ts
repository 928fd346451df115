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

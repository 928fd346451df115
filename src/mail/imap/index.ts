export type { ImapAccess, ImapProblem } from './connect-imap.ts';
export { type FiledCopy, fileSentCopy } from './file-sent-copy.ts';
export { type MailHead, type OpenedMailbox, openMailbox, type ReadableMailbox } from './open-mailbox.ts';
export { type ReplacedCopies, replaceSentCopies } from './replace-sent-copies.ts';

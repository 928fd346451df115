export type { ImapAccess, ImapProblem } from './connect-imap.ts';
export { type FiledCopy, fileSentCopy } from './file-sent-copy.ts';
export { type MergedCopies, mergeSentCopies } from './merge-sent-copies.ts';
export { type MailHead, type OpenedMailbox, openMailbox, type ReadableMailbox } from './open-mailbox.ts';

export {
  type ImapAccess,
  type ImapProblem,
  type MailHead,
  type OpenedMailbox,
  openMailbox,
  type ReadableMailbox,
} from './open-mailbox.ts';

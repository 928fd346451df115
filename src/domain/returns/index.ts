export {
  chooseMailbox,
  leaveMailbox,
  type MailboxChosen,
  removeSender,
} from './choose-mailbox.ts';
export {
  connectMailbox,
  disconnectMailbox,
  type MailboxConnected,
  type MailboxRefusal,
} from './connect-mailbox.ts';
export { type CopyNeeds, fileNextCopy, noteCopies } from './file-copies.ts';
export { type Destination, findComplained, findDestination } from './find-destination.ts';
export { keepMail, mailReturned } from './keep-mail.ts';
export type { Mailbox, MailboxInput, MailboxProblem } from './mailbox.ts';
export {
  claimMailboxes,
  keepMailbox,
  type MailboxRow,
  selectMailboxes as listMailboxes,
  updateMailbox as noteMailbox,
} from './mailbox-table.ts';
export { areRepliesObserved, isObserved } from './observed.ts';
export { followMailboxChoice, type OpeningDeps, withMailbox } from './provider-mailbox.ts';
export { readMailbox } from './read-mailbox.ts';
export { readReturns } from './read-returns.ts';
export type { Arrival, MatchedBy, Via } from './returned-mail.ts';
export { type ReturnsTables, selectShared as sharedReturns } from './returned-mail-table.ts';
export type { ReadingTables, ReturnsNeeds } from './returns.ts';
export {
  beginSelfTest,
  type SelfTestDeps,
  type SelfTestRefusal,
  waysOf,
} from './self-test/begin-self-test.ts';
export { type Foresight, foresee } from './self-test/foresee.ts';
export { readSelfTest, type SelfTestStanding } from './self-test/read-self-test.ts';
export {
  type Finding,
  type Findings,
  type SelfTest,
  type TestWay,
  testWays,
  type Verdict,
} from './self-test/self-test.ts';
export { lastSelfTest } from './self-test/self-test-table.ts';
export { findSelfTest, longestSource, takePastedSource, takeSelfTest } from './self-test/take-self-test.ts';
export type { SentCopyTables } from './sent-copy-table.ts';
export { isHousePath, takeHouseReport } from './take-house-report.ts';

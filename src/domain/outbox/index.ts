export type { Answer } from './answer.ts';
export { type Attempt, selectAttempts as listAttempts } from './attempt-table.ts';
export {
  type ConditionTables,
  endsMessage,
  reasonsAgainst,
  reasonToStop,
  stopsOf,
} from './check-condition.ts';
export { type CopyMaterial, composeCopy, copyMaterial } from './compose-copy.ts';
export type { Condition, StopReason } from './condition.ts';
export {
  cancelMessages,
  type Decided,
  type Decider,
  type DecisionRefusal,
  releaseForSender,
  releaseMessage,
  settleMessage,
} from './decide-message.ts';
export { type DeliverMessage, makeDeliverMessage } from './deliver-message.ts';
export {
  insertDnsAnswers as keepDnsAnswers,
  readDnsFacts,
  selectDnsAnswers as dnsAnswersOf,
} from './dns-answers-table.ts';
export { countAttempts, countUnsettled } from './figures-table.ts';
export {
  selectByInternetId as messagesByInternetId,
  selectCompanyOfMessage as companyOfMessage,
  selectLeft as leftAtOf,
  selectSentWithin as sentWithin,
} from './find-message-table.ts';
export { forgetDnsAnswers } from './forget-dns.ts';
export { giveBackLostLeases, giveBackOwnLeases, keepLeases } from './give-back-leases.ts';
export { holdForReview } from './hold-for-review.ts';
export { type LeasedMessage, leaseMessages } from './lease-messages.ts';
export {
  clearLetter as forgetLetter,
  isAttachedElsewhere as attachedElsewhere,
  type Letter,
  type LetterHeading,
  selectHeadings as getLetterHeadings,
  selectLetters as getLetters,
} from './letter-table.ts';
export { followHeld } from './look-again.ts';
export { sealOlderMails } from './mail-seal.ts';
export { deleteMails as forgetMails } from './mail-table.ts';
export type {
  DeliveryState,
  HoldReason,
  Message,
  Role,
} from './message.ts';
export { isAside, isUnderWay, waitsForWords } from './message.ts';
export {
  makeHouseMark,
  makeHousePath,
  makeMessageMark,
  makeReplyAddress,
  makeTestMark,
  makeTestPath,
  markHeader,
  readHouseMark,
  readHousePath,
  readMessageMark,
  readReplyAddress,
  readTestPath,
} from './message-mark.ts';
export {
  lockMessages,
  type MessageKey,
  selectIdsToAddress as messageIdsTo,
  selectMessages as getMessages,
  selectOldestDue as oldestDueMs,
  selectRecent as recentlySent,
  updateReplacedBy as markReplaced,
} from './message-table.ts';
export { markMisdirected, misdirectedBefore } from './misdirected.ts';
export { makeOutbox, type Outbox, type OutboxNeeds } from './outbox.ts';
export type { Attachment, HeaderAddress, LetterMarking, OutboxTables } from './outbox-tables.ts';
export { messagesDue, type Queueing, queueMany, queueMessages, type Recipient } from './queue-messages.ts';
export { readMailBytes } from './read-mail.ts';
export { releaseMended } from './release-mended.ts';
export { deriveReturnKey, makeReturnPath, readReturnPath } from './return-path.ts';
export { type AnewEnd, endSendAnew, takeToSendAnew } from './send-anew.ts';
export { companiesToSendAnew, selectCanceled as canceledAmong } from './send-anew-table.ts';
export { settleAnswers } from './settle-answers.ts';
export { type Reported, type ReportedFate, settleReports } from './settle-reports.ts';
export { forgetWorkers, listWorkers, noteWorker, type WorkerSign } from './worker-table.ts';

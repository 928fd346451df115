export {
  changeSender,
  deleteSender,
  type SenderChange,
  type SenderRef,
  setDefaultSender,
} from './change-sender.ts';
export {
  type CandidateSettings,
  type CheckDeps,
  type Checked,
  type CheckOrder,
  checkCandidate,
  checkSender,
  type SenderCheck,
} from './check-sender.ts';
export { type ChosenSender, chooseSender, type SenderQuestion, type SenderReason } from './choose-sender.ts';
export { createSandboxSender, createSender, type NewSender, type SenderDeps } from './create-sender.ts';
export { addressAllowed, type HostPolicy, hostAllowed, normaliseHost, selfHosted } from './host.ts';
export { markBroken, markSendersBroken, markWorking } from './mark-sender.ts';
export { getSender, listSenders, type SenderStanding, senderStates, sendersByIds } from './read-senders.ts';
export type {
  SandboxSender,
  Sender,
  SenderMethod,
  SenderProblem,
  SenderRefusal,
  SenderResult,
  SenderState,
  SmtpSender,
  SmtpSettings,
} from './sender.ts';
export type { SmtpSettingsInput } from './sender-input.ts';
export type { SenderTables } from './sender-table.ts';
export {
  guardedLookup,
  hostNotAllowed,
  openSmtpAccess,
  type SmtpAccess,
  type SmtpDeps,
} from './smtp-access.ts';
export { type ProviderNeed, type SmtpGuess, smtpGuess } from './smtp-guess.ts';
export type { TestMailResult } from './test-mail.ts';

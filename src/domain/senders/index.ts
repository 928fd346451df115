export { type Confirmed, confirmAddress, type ProvenPart } from './addresses/confirm-address.ts';
export { type CodeMailed, mailAddressCode } from './addresses/mail-code.ts';
export { type AddressRule, type SenderRule, senderRules } from './addresses/rule.ts';
export { selectRule as getSenderRule } from './addresses/rule-table.ts';
export { type NewRule, type RuleResult, setSenderRule } from './addresses/set-rule.ts';
export type { SenderChange } from './change-access.ts';
export {
  changeSender,
  deleteSender,
  type SenderRef,
  setDefaultSender,
} from './change-sender.ts';
export {
  type CandidateSettings,
  type Checked,
  checkCandidate,
  checkSender,
} from './check-sender.ts';
export { type ChosenSender, chooseSender, type SenderQuestion, type SenderReason } from './choose-sender.ts';
export { codeSenderFor } from './code-sender.ts';
export { createSandboxSender, createSender } from './create-sender.ts';
export { addDomain, type DomainResult, type NewDomain, removeDomain } from './domains/add-domain.ts';
export { checkDomain } from './domains/check-domain.ts';
export { checkHost, type HostFinding, reverseName } from './domains/check-host.ts';
export { checkMachine, type Machine } from './domains/check-machine.ts';
export {
  type DomainKey,
  type DomainRecord,
  type DomainRefusal,
  type DomainState,
  installationId,
  type RecordProblem,
  type RecordPurpose,
  returnDomain,
  type SendingDomain,
} from './domains/domain.ts';
export type { DomainDeps } from './domains/domain-deps.ts';
export { readDomainName, shownDomain } from './domains/domain-name.ts';
export { type DomainTables, selectProvers as companiesWithDomain } from './domains/domain-table.ts';
export { domainTexts } from './domains/domain-texts.ts';
export type { MailHost } from './domains/expected-records.ts';
export { ensureInstallationDomain, lookAtStranger } from './domains/installation-domain.ts';
export { mailSettings, type SettingsMail } from './domains/mail-settings.ts';
export { domainPageToken, readDomainPageToken } from './domains/page-token.ts';
export { makePublishedRecords, type PublishedRecords } from './domains/published-records.ts';
export { getDomain, getDomainAnywhere, listDomains } from './domains/read-domains.ts';
export { recheckDomains } from './domains/recheck-domains.ts';
export { removableFrom, rotateKey } from './domains/rotate-key.ts';
export { setFallback } from './domains/set-fallback.ts';
export { drawSettingsPdf } from './domains/settings-pdf.ts';
export { zoneSnippet } from './domains/zone-snippet.ts';
export { type TokenAnswer, withAccessToken } from './grants/access-token.ts';
export type { Consent } from './grants/ask-provider.ts';
export {
  beginConnecting,
  type Connected,
  type ConnectRefusal,
  finishConnecting,
  redirectUriOf,
} from './grants/connect-account.ts';
export { type GrantProblem, passesByItself } from './grants/grant.ts';
export type { GrantDeps } from './grants/grant-deps.ts';
export {
  type MailPlace,
  makeProviders,
  mayOpenMailbox,
  type ProviderName,
  type Providers,
  submissionPlace,
} from './grants/provider.ts';
export { providerSmtp, wasTokenRefused } from './grants/provider-smtp.ts';
export { type GrantStanding, getGrant, listGrants } from './grants/read-grant.ts';
export { tendGrants } from './grants/tend-grants.ts';
export { type GuardedNet, makeGuardedFetch } from './guarded-fetch.ts';
export { addressAllowed, type HostPolicy, hostAllowed, normaliseHost, selfHosted } from './host.ts';
export {
  type House,
  type HouseDelivery,
  neutralAddress,
  noHouse,
  platformAddress,
  platformName,
  readRelayUrl,
} from './house.ts';
export { givePlatformSender } from './house-sender.ts';
export { markBroken, markSendersBroken, markWorking } from './mark-sender.ts';
export type { NewSender, SenderDeps } from './new-sender.ts';
export { getSender, listSenders, type SenderStanding, senderStates, sendersByIds } from './read-senders.ts';
export { recheckSenders } from './recheck-senders.ts';
export { sendSelfTestMail } from './self-test-mail.ts';
export type {
  HouseSender,
  ProviderSender,
  SandboxSender,
  Sender,
  SenderMethod,
  SenderProblem,
  SenderRefusal,
  SenderResult,
  SenderState,
  SmtpSender,
  SmtpSettings,
  TlsPolicy,
} from './sender.ts';
export { filesSentCopies, isHouseSender, isProviderSender, maySend, tlsPolicies } from './sender.ts';
export type { CheckDeps, CheckOrder, SenderCheck } from './sender-check.ts';
export type { SmtpSettingsInput } from './sender-input.ts';
export { noLimits, type SenderLimits, type SenderLimitsInput } from './sender-limits.ts';
export type { SenderTables } from './sender-table.ts';
export { makeSigners, type Signers } from './signers.ts';
export {
  guardedLookup,
  hostNotAllowed,
  openSmtpAccess,
  type SmtpAccess,
  type SmtpDeps,
} from './smtp-access.ts';
export { type ProviderNeed, type SmtpGuess, smtpGuess } from './smtp-guess.ts';
export type { TestMailResult } from './test-mail.ts';
export { sandboxOf, trialSenderOf } from './trial-sender.ts';

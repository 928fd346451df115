export { acceptInvitation, type Joined, readInvitation } from './accept-invitation.ts';
export type { AccessTables, Rights } from './access-table.ts';
export {
  type AccountTables,
  selectCompany as getCompany,
  selectCompanyIds as listCompanyIds,
  selectUser as getUser,
  selectUserByEmail as findUser,
} from './account-table.ts';
export { type Admitted, type Admitting, admit } from './admit.ts';
export {
  type ApiKey,
  createApiKey,
  listApiKeys,
  type MadeKey,
  makeApiKey,
  readApiKey,
  revokeApiKey,
} from './api-key.ts';
export { changeCompany, changePassword, changeUser, resetPassword } from './change-account.ts';
export { changeRole, limitMember, type MemberChange, removeMember } from './change-member.ts';
export { givePlan, replacePlans } from './change-plan.ts';
export {
  type Company,
  type CompanyChange,
  companyProblems,
  type FieldProblem,
  type TrackingBasis,
  type TrackingMode,
  usualTimeZone,
} from './company.ts';
export {
  type Founded,
  type Founding,
  type FoundingProblem,
  foundCompany,
  foundingProblems,
  isEmptyInstallation,
} from './found-company.ts';
export {
  answerIdempotencyKey,
  type Claim,
  claimIdempotencyKey,
  forgetIdempotencyKeys,
  releaseIdempotencyKey,
} from './idempotency.ts';
export {
  askReset,
  type Invitation,
  invite,
  inviteToReset,
  listInvitations,
  revokeInvitation,
} from './invite.ts';
export {
  selectMemberships as listMemberships,
  selectSingleSignOnOnly as isSingleSignOnOnly,
  updateSingleSignOnOnly as setSingleSignOnOnly,
} from './membership-table.ts';
export { type Opened, type Opening, openCompany } from './open-company.ts';
export {
  type CompanyStanding,
  deleteOperator as removeOperator,
  insertOperator as addOperator,
  selectOperators as listOperators,
  selectStandings as listStandings,
} from './operator-table.ts';
export {
  addPasskey,
  askNewPasskey,
  askPasskey,
  listPasskeys,
  type Passkey,
  type PasskeySite,
  passkeySite,
  removePasskey,
  signInByPasskey,
} from './passkey.ts';
export {
  type Member,
  selectInvitedTo as invitedTo,
  selectLimits as limitsOf,
  selectMemberAddresses as memberAddresses,
  selectMembers as listMembers,
  selectOwner as ownerOf,
} from './people-table.ts';
export {
  type Feature,
  features,
  hasFeature,
  type Plan,
  type PlanLimits,
  readLimits,
  readPlanName,
  readPlans,
} from './plan.ts';
export { limitSentence, limitValue, type ReachedLimit, readLimitValue } from './plan-limit.ts';
export { monthOf, type PlanMonth } from './plan-month.ts';
export { selectPlans as listPlans, selectWithout as companiesWithout } from './plan-table.ts';
export {
  insertUse as beginUse,
  lockUse,
  type MonthUse,
  type PlanUseTables,
  returnUse,
  selectUse as getUse,
  updateUse as keepUse,
} from './plan-use-table.ts';
export {
  beginSecondFactor,
  checkSecondFactor,
  confirmSecondFactor,
  dropSecondFactor,
  hasSecondFactor,
  removeSecondFactor,
} from './second-factor.ts';
export {
  endOtherSessions,
  endSession,
  isCsrfToken,
  isSessionOpen,
  listSessions,
  type OpenSession,
  openSession,
  readSession,
  type SignedInFrom,
  sessionLife,
  signOut,
} from './session.ts';
export {
  deleteAllSessions as signOutEverybody,
  deleteSingleSignOnSessions as endSingleSignOnSessions,
} from './session-table.ts';
export { type SignIn, signIn } from './sign-in.ts';
export {
  addSubmissionLogin,
  checkSubmissionLogin,
  type LoginCheck,
  type LoginRules,
  listSubmissionLogins,
  revokeSubmissionLogin,
  type SubmissionLogin,
} from './submission-login.ts';
export { mayTry } from './tries.ts';
export { fullName, type MemberLimits, type Role, type Session, shortestPassword, type User } from './user.ts';
export { countPeople } from './user-room.ts';

export type { Way } from './ask-issuer.ts';
export { beginSignOn, type CameIn, finishSignOn } from './come-in.ts';
export { findSignOn } from './find-sign-on.ts';
export {
  getSingleSignOn,
  removeSingleSignOn,
  type SignOnDeps,
  setUpSingleSignOn,
} from './set-up.ts';
export {
  type NewcomerRole,
  newcomerRoles,
  type SingleSignOn,
  type SingleSignOnInput,
  type SingleSignOnProblem,
} from './single-sign-on.ts';
export type { SingleSignOnTables } from './single-sign-on-table.ts';

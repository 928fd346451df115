export { beatHeart, type Claim, claim, isAbandoned, livingUsers } from './claim.ts';
export { tryWithLock, withLock } from './folder-lock.ts';
export { isPidAlive, ownIdentity, programOf } from './process-identity.ts';

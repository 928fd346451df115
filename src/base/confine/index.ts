export { type ConfinedAnswer, type ConfinedWork, makeConfinedWork, type Perform } from './confined-work.ts';

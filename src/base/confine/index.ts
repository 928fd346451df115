export {
  type ConfinedAnswer,
  type ConfinedWork,
  makeConfinedWork,
  type Perform,
  type TimeLimits,
} from './confined-work.ts';

import type { EventFault } from './check-event.ts';

/** What can be wrong with the log; stable words. */
export type LogFault =
  | EventFault
  | 'event_missing'
  | 'head_differs'
  | 'tree_differs'
  | 'checkpoint_differs'
  | 'checkpoint_unsigned'
  | 'checkpoint_hash_differs'
  | 'checkpoint_missing'
  | 'stamp_wrong'
  | 'log_rolled_back'
  | 'outside_differs'
  | 'outside_unknown'
  | 'outside_unsigned';

/** The first thing that does not fit: what, and where. */
export interface LogBreak {
  readonly fault: LogFault;
  readonly logIndex: number | null;
  readonly eventId: string | null;
  readonly part: string | null;
}

/** Stops at the first break. */
export class Broken extends Error {
  readonly found: LogBreak;
  constructor(fault: LogFault, where: Partial<Omit<LogBreak, 'fault'>> = {}) {
    super(fault);
    this.found = { logIndex: null, eventId: null, part: null, ...where, fault };
  }
}

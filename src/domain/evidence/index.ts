export { checkLogWhenDue, noteLogCheck, unverifiedSince } from './check-log.ts';
export { isCheckpointOf } from './checkpoint-note.ts';
export { selectDisclosures as disclosuresOf } from './disclosure-table.ts';
export { type Erasure, eraseFields } from './erase-fields.ts';
export type { Actor, EventSubject, EventType, Fact, RecordedEvent } from './event.ts';
export { eventHash } from './event.ts';
export { type EventJson, eventJson } from './event-json.ts';
export {
  type EventsOfMessages,
  type EvidenceTables,
  isErased,
  selectPrunings as prunings,
  selectWithFields as eventsWithFields,
} from './event-table.ts';
export type { EventData, EventValue } from './event-value.ts';
export { follow } from './follow.ts';
export type { LogBreak, LogFault } from './log-break.ts';
export { type LogCheck, selectLastChecks as lastLogChecks } from './log-check-table.ts';
export { countWaiting, selectCursor as howFarFollowed, selectLogSize as logSize } from './log-table.ts';
export { type Checkpoint, selectNewestCheckpoint as newestCheckpoint } from './log-tree-table.ts';
export { makeCheckpoint } from './make-checkpoint.ts';
export { type LogProofs, proveEvents } from './prove-events.ts';
export {
  type EventRange,
  type FollowedEvent,
  selectEvents as readEvents,
  selectNewest as newestEvents,
  selectOfContact as eventsOfContact,
} from './read-events-table.ts';
export { record } from './record.ts';
export { logGrew, sequence } from './sequence.ts';
export { type StampService, stampCheckpoint } from './stamp-checkpoint.ts';
export { type LogReport, verifyLog } from './verify-log.ts';

export type { SubmissionNeeds } from './submission-needs.ts';
export { type SubmissionServer, startSubmission } from './submission-server.ts';

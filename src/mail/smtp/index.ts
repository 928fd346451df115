export type { Capabilities } from './capabilities.ts';
export { connectSmtp } from './connect-smtp.ts';
export type {
  ConnectResult,
  DeliverHooks,
  Mail,
  PoolOptions,
  SmtpConnection,
  SmtpPool,
} from './contract.ts';
export type {
  AuthMethod,
  AuthOptions,
  Security,
  SmtpOptions,
  Timeouts,
  TraceEntry,
} from './options.ts';
export type {
  Accepted,
  ConversationFacts,
  Delivery,
  Durations,
  PermanentFailure,
  SmtpError,
  SmtpFailure,
  Step,
  TemporaryFailure,
  TlsFacts,
  TlsGivenUp,
  UnknownAfterDot,
} from './outcome.ts';
export { Places } from './places.ts';
export { makePool } from './pool.ts';
export type { SmtpProblem } from './problem.ts';
export type { Reply } from './reply.ts';
export { type ConnectionTest, type StepResult, testConnection } from './try-connection.ts';

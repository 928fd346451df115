import type { PermanentFailure, SmtpProblem, Step, TemporaryFailure } from '#mail/smtp';

/** What kept a message from reaching any server. */
export function failed(
  kind: 'temporary' | 'permanent',
  step: Step,
  problem: SmtpProblem,
  place: { readonly host: string; readonly port: number },
  message: string = problem,
): TemporaryFailure | PermanentFailure {
  const none = { connectMs: null, tlsMs: null, authMs: null, envelopeMs: null, bodyMs: null, answerMs: null };
  return {
    kind,
    step,
    problem,
    reply: null,
    error: { code: problem, message },
    ...place,
    ip: null,
    tls: null,
    tlsGivenUp: null,
    nthOnConnection: 0,
    durations: { ...none, totalMs: 0 },
  };
}

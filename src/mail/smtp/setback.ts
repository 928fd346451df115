import { classifyReply } from './classify-reply.ts';
import type { SmtpError, Step, TlsFacts, TlsGivenUp } from './outcome.ts';
import type { SmtpProblem } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Heard } from './wire.ts';

/** What kept a step from succeeding; with the facts of the conversation it becomes an outcome. */
export interface Setback {
  readonly kind: 'temporary' | 'permanent';
  readonly step: Step;
  readonly problem: SmtpProblem;
  readonly reply: Reply | null;
  readonly error: SmtpError | null;
}

/** An answer other than the wanted one. 4xx is temporary, 5xx permanent, anything else out of step. */
export function setbackFrom(step: Step, heard: Heard): Setback {
  if (heard.kind === 'failure') return broken(step, heard.error);
  const { reply } = heard;
  if (reply.code < 400) {
    const error = {
      code: 'unexpected',
      message: `the server answered ${reply.code} where that makes no sense`,
    };
    return { kind: 'temporary', step, problem: 'protocol_error', reply, error };
  }
  return { ...classifyReply(step, reply), step, reply, error: null };
}

/** A socket, time or DNS failure before the dot: always temporary. */
export function broken(step: Step, error: SmtpError): Setback {
  return { kind: 'temporary', step, problem: problemOf(step, error.code), reply: null, error };
}

/** A rule of ours that forbids going on. */
export function refusedHere(
  kind: Setback['kind'],
  step: Step,
  problem: SmtpProblem,
  message: string,
): Setback {
  return { kind, step, problem, reply: null, error: { code: problem, message } };
}

/** The certificate is not good enough for this sender. Temporary: certificates get renewed. */
export function badCertificate(facts: TlsFacts): Setback {
  const code = facts.authorizationError ?? 'unknown';
  const problem =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? 'certificate_name'
      : code === 'CERT_HAS_EXPIRED'
        ? 'certificate_expired'
        : 'certificate_invalid';
  const error = { code, message: `the certificate for ${facts.names.join(', ') || 'no name'} is not valid` };
  return { kind: 'temporary', step: 'tls', problem, reply: null, error };
}

/** What kept TLS from coming about, where the mail may go without it. */
export function whyInTheClear({ reply, error }: Pick<Setback, 'reply' | 'error'>): TlsGivenUp {
  if (reply) return { why: 'refused', said: `${reply.code} ${reply.lines.join(' ')}` };
  return { why: 'failed', said: error?.message ?? '' };
}

const problemsOfSockets: Readonly<Record<string, SmtpProblem>> = {
  ENOTFOUND: 'host_not_found',
  EAI_AGAIN: 'dns_failed',
  EAI_FAIL: 'dns_failed',
  EAI_NODATA: 'dns_failed',
  ECONNREFUSED: 'connection_refused',
  ETIMEDOUT: 'connection_timeout',
  ENETUNREACH: 'network_unreachable',
  EHOSTUNREACH: 'network_unreachable',
  ENETDOWN: 'network_unreachable',
  // What Linux reports when its own firewall forbids the connection.
  EACCES: 'blocked_port',
  EPERM: 'blocked_port',
  ECONNRESET: 'closed_by_server',
  EPIPE: 'closed_by_server',
  closed: 'closed_by_server',
  garbage: 'protocol_error',
};

const timeouts: Partial<Record<Step, SmtpProblem>> = {
  connect: 'connection_timeout',
  greeting: 'no_greeting',
};

function problemOf(step: Step, code: string): SmtpProblem {
  if (code === 'timeout') return timeouts[step] ?? 'answer_timeout';
  // What a TLS library says when the other side speaks plain SMTP.
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG')
    return 'tls_wrong_mode';
  if (step === 'tls') return 'tls_failed';
  return problemsOfSockets[code] ?? 'network_error';
}

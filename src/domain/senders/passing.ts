import type { SenderProblem } from './sender.ts';

/** What comes and goes by itself: no reason to hold the mails of a sender that has worked. */
export const passesByItself: ReadonlySet<SenderProblem> = new Set<SenderProblem>([
  'dns_failed',
  'connection_timeout',
  'network_unreachable',
  'no_greeting',
  'answer_timeout',
  'closed_by_server',
  'network_error',
  'greylisted',
  'rate_limited',
  'server_busy',
  'refused_for_now',
  'stopped_here',
  'provider_unreachable',
]);

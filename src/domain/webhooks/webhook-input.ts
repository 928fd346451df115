import { type HostPolicy, hostAllowed } from '#domain/senders';

export type WebhookReason =
  | 'url_invalid'
  | 'url_not_https'
  | 'host_not_allowed'
  | 'event_invalid'
  | 'too_many'
  | 'too_long';

export interface WebhookProblem {
  readonly path: 'url' | 'events' | 'description';
  readonly reason: WebhookReason;
}

export interface WebhookInput {
  readonly url?: string;
  readonly description?: string;
  readonly events?: readonly string[];
}

const longestUrl = 2000;
const longestDescription = 200;
const mostEvents = 50;

/** What is wrong with the fields that are given; empty when nothing is. Inside networks need no TLS, strangers do. */
export function webhookProblems(input: WebhookInput, policy: HostPolicy): WebhookProblem[] {
  const { url, events, description } = input;
  const reason = url === undefined ? null : urlReason(url, policy);
  return [
    ...(reason ? [{ path: 'url', reason } as const] : []),
    ...((description?.length ?? 0) > longestDescription
      ? [{ path: 'description', reason: 'too_long' } as const]
      : []),
    ...((events?.length ?? 0) > mostEvents ? [{ path: 'events', reason: 'too_many' } as const] : []),
    ...(events?.every((one) => /^[a-z]{1,30}\.(\*|[a-z_]{1,60})$/.test(one)) === false
      ? [{ path: 'events', reason: 'event_invalid' } as const]
      : []),
  ];
}

function urlReason(text: string, policy: HostPolicy): WebhookReason | null {
  if (text.length > longestUrl) return 'too_long';
  if (!URL.canParse(text)) return 'url_invalid';
  const url = new URL(text);
  // A name and password in an address end up in logs; the signature proves who asks.
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.hash) return 'url_invalid';
  if (url.protocol === 'http:' && policy.privateNetworks !== 'allowed') return 'url_not_https';
  return hostAllowed(bareHost(url), policy) ? null : 'host_not_allowed';
}

/** The host without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

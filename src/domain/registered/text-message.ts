/** The operator's service for text messages: they are handed in by HTTP. */
export interface TextGateway {
  /** Where they are posted; a name and password in it are sent as HTTP Basic (RFC 7617). */
  readonly url: string;
  /** Sent as a bearer token (RFC 6750); null: none. */
  readonly token: string | null;
  /** A JSON value or a form (`To={to}&Body={text}`) in which {to} and {text} stand for the number and the words. */
  readonly body: string;
}

const timeoutMs = 10_000;

/** Hands a text message in; `to` in E.164. Resolves when the gateway has taken it, throws with its status or the fault otherwise. Redirects are not followed. */
export async function sendTextMessage(gateway: TextGateway, to: string, text: string): Promise<void> {
  const url = new URL(gateway.url);
  const headers = { ...authorization(gateway, url), 'content-type': typeOf(gateway.body) };
  url.username = '';
  url.password = '';
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    headers,
    body: fillBody(gateway.body, { to, text }),
  }).catch((error: Error) => {
    throw new Error(`the gateway of text messages gave no answer (${reasonOf(error)})`, { cause: error });
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the gateway of text messages answered ${response.status}`);
}

/** Puts number and words into the values of the body; whatever they hold, they end nothing there. */
export function fillBody(body: string, values: { readonly to: string; readonly text: string }): string {
  const fill = (value: string): string =>
    value.replace(/\{(to|text)\}/g, (_, name: 'to' | 'text') => values[name]);
  if (isJson(body))
    return JSON.stringify(
      JSON.parse(body, (_, value: unknown) => (typeof value === 'string' ? fill(value) : value)),
    );
  return new URLSearchParams(
    [...new URLSearchParams(body.replaceAll('+', '%2B'))].map(([name, value]) => [name, fill(value)]),
  ).toString();
}

/** What the network says stands one error deeper than the "fetch failed" around it. */
function reasonOf({ name, cause }: Error): string {
  const code = cause && typeof cause === 'object' && 'code' in cause ? cause.code : null;
  return typeof code === 'string' ? code : name;
}

function typeOf(body: string): string {
  return isJson(body) ? 'application/json' : 'application/x-www-form-urlencoded';
}

function isJson(body: string): boolean {
  return /^\s*[[{]/.test(body);
}

function authorization({ token }: TextGateway, { username, password }: URL): Record<string, string> {
  if (token) return { authorization: `Bearer ${token}` };
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

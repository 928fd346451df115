import { createHmac } from 'node:crypto';
import { type Conversation, isAnswer, type Progress } from './conversation.ts';
import type { AuthMethod, AuthOptions } from './options.ts';
import { refusedHere, type Setback, setbackFrom } from './setback.ts';
import type { Heard } from './wire.ts';

/**
 * AUTH (RFC 4954) with the first allowed method that the server offers; the next one when the server takes back
 * its offer (504). Never sends a secret in the clear, except to loopback or when explicitly allowed.
 */
export async function signIn(talk: Conversation, auth: AuthOptions): Progress {
  const isSecret = talk.tls !== null;
  if (!isSecret && !talk.isLoopback && auth.allowPlaintext !== true)
    return refusedHere('permanent', 'auth', 'auth_needs_tls', 'the connection is not encrypted');
  // Beneath NUL lies the end of a field (RFC 4616 §2).
  if (auth.user === '' || `${auth.user}${auth.secret}`.includes('\0'))
    return refusedHere('permanent', 'auth', 'wrong_password', 'user name or password cannot be sent');
  const wanted = auth.methods ?? defaultMethods(isSecret);
  const usable = wanted.filter((method) => talk.capabilities.authMethods.includes(method));
  if (usable.length === 0) {
    const offered = talk.capabilities.authMethods.join(', ') || 'none';
    const message = `the server offers ${offered}, wanted was ${wanted.join(', ')}`;
    return refusedHere('permanent', 'auth', 'auth_not_offered', message);
  }
  let used = usable[0] as AuthMethod;
  let heard = await exchanges[used](talk, auth);
  for (const method of usable.slice(1)) {
    if (!isAnswer(heard, 504)) break;
    used = method;
    heard = await exchanges[method](talk, auth);
  }
  if (!isAnswer(heard, 235)) return refusalOf(used, heard);
  talk.pass('auth');
  return null;
}

/** Where no password was sent, none was wrong. */
function refusalOf(method: AuthMethod, heard: Heard): Setback {
  const setback = setbackFrom('auth', heard);
  return method === 'XOAUTH2' && setback.problem === 'wrong_password'
    ? { ...setback, problem: 'token_refused' }
    : setback;
}

/** In the clear, CRAM-MD5 at least does not show the password. */
function defaultMethods(isSecret: boolean): readonly AuthMethod[] {
  return isSecret ? ['PLAIN', 'LOGIN', 'CRAM-MD5'] : ['CRAM-MD5', 'PLAIN', 'LOGIN'];
}

const exchanges: Readonly<Record<AuthMethod, (talk: Conversation, auth: AuthOptions) => Promise<Heard>>> = {
  PLAIN: authPlain,
  LOGIN: authLogin,
  'CRAM-MD5': authCramMd5,
  XOAUTH2: authXoauth2,
};

/** RFC 4616; the initial response saves a round trip (RFC 4954 §4) unless the line would be too long. */
async function authPlain(talk: Conversation, auth: AuthOptions): Promise<Heard> {
  return withResponse(talk, 'PLAIN', `\0${auth.user}\0${auth.secret}`);
}

/** draft-murchison-sasl-login: name, then password, each asked for. */
async function authLogin(talk: Conversation, auth: AuthOptions): Promise<Heard> {
  const asked = await talk.ask('AUTH LOGIN', talk.timeouts.auth);
  if (!isAnswer(asked, 334)) return asked;
  const named = await talk.ask(base64(auth.user), talk.timeouts.auth, '*** (user name)');
  if (!isAnswer(named, 334)) return named;
  return talk.ask(base64(auth.secret), talk.timeouts.auth, '*** (password)');
}

/** RFC 2195: the password keys a digest of the server's challenge. */
async function authCramMd5(talk: Conversation, auth: AuthOptions): Promise<Heard> {
  const asked = await talk.ask('AUTH CRAM-MD5', talk.timeouts.auth);
  if (asked.kind === 'failure' || asked.reply.code !== 334) return asked;
  const challenge = Buffer.from(asked.reply.lines.join(''), 'base64');
  const digest = createHmac('md5', auth.secret).update(challenge).digest('hex');
  return talk.ask(base64(`${auth.user} ${digest}`), talk.timeouts.auth, '*** (digest)');
}

/**
 * developers.google.com/workspace/gmail/imap/xoauth2-protocol: a refusal comes as 334 with a reason in JSON, wants an empty line, and
 * only then ends. The reason is kept as a note, because the 535 after it says nothing of it.
 */
async function authXoauth2(talk: Conversation, auth: AuthOptions): Promise<Heard> {
  // A control character in the name would end its field.
  const user = auth.user.replaceAll('\u0001', '');
  const response = `user=${user}\u0001auth=Bearer ${auth.secret}\u0001\u0001`;
  const heard = await withResponse(talk, 'XOAUTH2', response);
  if (heard.kind === 'failure' || heard.reply.code !== 334) return heard;
  const reason = reasonIn(heard.reply.lines.join(''));
  if (reason) talk.options.trace?.({ from: 'note', text: reason, atMs: talk.now() });
  return talk.ask('', talk.timeouts.auth);
}

/** `{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}` as words; empty when it is something else. */
function reasonIn(challenge: string): string {
  const text = Buffer.from(challenge.slice(0, 4000), 'base64').toString('utf8');
  const word = (name: string): string =>
    new RegExp(`"${name}"\\s*:\\s*"([\\x20-\\x7e]{1,200}?)"`).exec(text)?.[1] ?? '';
  const [status, scope] = [word('status'), word('scope')];
  return status === '' ? '' : `the token was refused: status ${status}${scope && `, scope ${scope}`}`;
}

async function withResponse(talk: Conversation, method: AuthMethod, response: string): Promise<Heard> {
  const line = `AUTH ${method} ${base64(response)}`;
  // RFC 4954 §4: with the response, the command may be longer than the 512 octets of RFC 5321, up to 12288.
  if (line.length <= 12_000) return talk.ask(line, talk.timeouts.auth, `AUTH ${method} ***`);
  const asked = await talk.ask(`AUTH ${method}`, talk.timeouts.auth);
  return isAnswer(asked, 334) ? talk.ask(base64(response), talk.timeouts.auth, '***') : asked;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

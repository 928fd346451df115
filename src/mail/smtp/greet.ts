import { bareCapabilities, readCapabilities } from './capabilities.ts';
import { type Conversation, isAnswer, type Progress } from './conversation.ts';
import { encrypt } from './encrypt.ts';
import { badCertificate, broken, refusedHere, type Setback, setbackFrom, whyInTheClear } from './setback.ts';

/** Waits for the 220 with which a server begins (RFC 5321 §4.3.1). */
export async function awaitGreeting(talk: Conversation): Progress {
  const heard = await talk.wire.hear(talk.timeouts.greeting);
  if (heard.kind === 'failure' || heard.reply.code !== 220) return setbackFrom('greeting', heard);
  talk.greeting = heard.reply.lines.join(' ');
  talk.pass('greeting');
  return null;
}

/** EHLO, and HELO for servers that do not know it (RFC 5321 §4.1.1.1). */
export async function sayHello(talk: Conversation): Progress {
  const { helloName } = talk.options;
  let heard = await talk.ask(`EHLO ${helloName}`, talk.timeouts.hello);
  if (heard.kind === 'reply' && heard.reply.code === 250) talk.capabilities = readCapabilities(heard.reply);
  else {
    if (!isAnswer(heard, 500, 501, 502, 503, 504, 550)) return setbackFrom('hello', heard);
    heard = await talk.ask(`HELO ${helloName}`, talk.timeouts.hello);
    if (heard.kind === 'failure' || heard.reply.code !== 250) return setbackFrom('hello', heard);
    talk.capabilities = bareCapabilities(heard.reply);
  }
  talk.pass('hello');
  return null;
}

/** STARTTLS as the options want it, and EHLO again after it: nothing said in the clear counts (RFC 3207 §4.2). */
export async function startTls(talk: Conversation): Progress {
  const isDemanded = talk.options.security === 'starttls';
  if (!talk.capabilities.startTls) {
    if (!isDemanded) return null;
    return refusedHere('temporary', 'tls', 'tls_not_offered', 'the server does not offer STARTTLS');
  }
  const heard = await talk.ask('STARTTLS', talk.timeouts.tls);
  if (heard.kind === 'reply' && heard.reply.code !== 220 && heard.reply.code !== 421 && !isDemanded) {
    talk.tlsGivenUp = whyInTheClear({ reply: heard.reply, error: null });
    return null;
  }
  if (!isAnswer(heard, 220)) return withoutTls(setbackFrom('tls', heard));
  const plain = talk.wire.release();
  // What was said in the clear after the 220 could come from anybody in between (CVE-2021-33515 and its kin).
  if (!plain)
    return refusedHere(
      'temporary',
      'tls',
      'protocol_error',
      'the server went on in the clear after STARTTLS',
    );
  return (await goSecret(talk, plain)) ?? sayHello(talk);
}

/** Whatever the code, TLS that does not come about is temporary: servers get repaired. */
function withoutTls(setback: Setback): Setback {
  return setback.error ? setback : { ...setback, kind: 'temporary', problem: 'tls_not_offered' };
}

/** TLS over an open socket, and the judgement of the certificate. */
export async function goSecret(talk: Conversation, plain: Parameters<typeof encrypt>[0]): Progress {
  const encrypted = await encrypt(plain, talk.options, talk.timeouts.tls);
  if (!encrypted.ok) return broken('tls', encrypted.error);
  talk.continueOver(encrypted.socket, encrypted.facts);
  if (insistsOnCertificate(talk.options) && !encrypted.facts.authorized)
    return badCertificate(encrypted.facts);
  talk.pass('tls');
  return null;
}

/** Without a password to protect, opportunistic TLS takes any certificate: better than none (RFC 7435 §3). */
export function insistsOnCertificate(options: Conversation['options']): boolean {
  return options.verifyCertificate ?? !(options.security === 'opportunistic' && !options.auth);
}

import type { Capabilities } from './capabilities.ts';
import type { Mail } from './contract.ts';
import type { Conversation } from './conversation.ts';
import type { Step } from './outcome.ts';
import type { PreparedBody } from './prepare-body.ts';
import { refusedHere, type Setback, setbackFrom } from './setback.ts';
import type { Heard } from './wire.ts';

/** Why a message cannot be sent to this server, known before a word is said; else null. */
export function obstacleTo(mail: Mail, body: PreparedBody, offered: Capabilities): Setback | null {
  const size = sizeOf(mail);
  if (!isAddress(mail.from) && mail.from !== '')
    return refusedHere('permanent', 'mail', 'address_malformed', 'the sender is not an address');
  if (!isAddress(mail.to))
    return refusedHere('permanent', 'rcpt', 'address_malformed', 'the recipient is not an address');
  if (!body.ok) return refusedHere('permanent', 'body', 'message_malformed', body.message);
  if (offered.maxSize !== null && size > offered.maxSize)
    return refusedHere('permanent', 'mail', 'too_big', `${size} octets; the server takes ${offered.maxSize}`);
  if (needsSmtpUtf8(mail) && !offered.smtpUtf8)
    return refusedHere('permanent', 'mail', 'smtputf8_not_offered', 'the server takes ASCII addresses only');
  if (mail.needs8bit && !offered.eightBitMime)
    return refusedHere('permanent', 'mail', 'eightbit_not_offered', 'the server takes 7-bit messages only');
  return null;
}

/**
 * MAIL, RCPT and DATA, in one write where the server allows it (RFC 2920), after a RSET when the last transaction
 * did not end by itself. Null when the server wants the message; else the first refusal.
 */
export async function agreeOnEnvelope(talk: Conversation, mail: Mail): Promise<Setback | null> {
  const commands = commandsFor(talk, mail);
  talk.needsReset = true;
  const refused = talk.capabilities.pipelining
    ? await askTogether(talk, commands)
    : await askInTurn(talk, commands);
  // A finished message ends its transaction, and an unfinished one the connection.
  if (!refused) talk.needsReset = false;
  return refused;
}

interface Command {
  readonly step: Step;
  readonly line: string;
  readonly wanted: number;
  readonly timeoutMs: number;
}

function commandsFor(talk: Conversation, mail: Mail): Command[] {
  const { capabilities: offered, timeouts } = talk;
  const size = offered.size ? ` SIZE=${sizeOf(mail)}` : '';
  const eight = mail.needs8bit || (needsSmtpUtf8(mail) && offered.eightBitMime) ? ' BODY=8BITMIME' : '';
  const utf8 = needsSmtpUtf8(mail) ? ' SMTPUTF8' : '';
  const asks = mail.reports === true && offered.dsn && mail.from !== '';
  // RFC 3461 §4.3: the headers are enough, we have the rest; §4.1: `NEVER` must not stand beside others.
  const [returned, notify] = asks ? [' RET=HDRS', ' NOTIFY=SUCCESS,FAILURE,DELAY'] : ['', ''];
  const reset: Command = { step: 'mail', line: 'RSET', wanted: 250, timeoutMs: timeouts.reset };
  return [
    ...(talk.needsReset ? [reset] : []),
    {
      step: 'mail',
      line: `MAIL FROM:<${mail.from}>${size}${eight}${utf8}${returned}`,
      wanted: 250,
      timeoutMs: timeouts.mail,
    },
    { step: 'rcpt', line: `RCPT TO:<${mail.to}>${notify}`, wanted: 250, timeoutMs: timeouts.rcpt },
    { step: 'data', line: 'DATA', wanted: 354, timeoutMs: timeouts.data },
  ];
}

async function askInTurn(talk: Conversation, commands: readonly Command[]): Promise<Setback | null> {
  for (const command of commands) {
    const heard = await talk.ask(command.line, command.timeoutMs);
    if (isWanted(command, heard)) continue;
    closeIfLost(talk, heard);
    return setbackFrom(command.step, heard);
  }
  return null;
}

async function askTogether(talk: Conversation, commands: readonly Command[]): Promise<Setback | null> {
  talk.wire.say(`${commands.map((command) => command.line).join('\r\n')}\r\n`);
  let refused: Setback | null = null;
  for (const command of commands) {
    // Once refused, the other answers matter only for staying in step; they must not hold up the outcome.
    const patience = refused ? Math.min(command.timeoutMs, talk.timeouts.reset) : command.timeoutMs;
    const heard = await talk.wire.hear(patience);
    if (!isWanted(command, heard)) {
      closeIfLost(talk, heard);
      refused ??= setbackFrom(command.step, heard);
    } else if (refused && command.step === 'data') {
      // It wants a message for nobody (RFC 2920 §3.1). Hanging up says "none" more surely than an empty one.
      talk.wire.close();
    }
    if (talk.wire.isDead && refused) return refused;
  }
  return refused;
}

/** RFC 5321 §4.2.1 lets clients go by the first digit: 251 and 252 also mean that the recipient is taken. */
function isWanted(command: Command, heard: Heard): boolean {
  return heard.kind === 'reply' && Math.floor(heard.reply.code / 100) === Math.floor(command.wanted / 100);
}

/** 421 announces the end of the connection; an answer that makes no sense means that we are out of step. */
function closeIfLost(talk: Conversation, heard: Heard): void {
  if (heard.kind === 'failure' || heard.reply.code === 421 || heard.reply.code < 400) talk.wire.close();
}

function sizeOf(mail: Mail): number {
  return mail.size ?? mail.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

function needsSmtpUtf8(mail: Mail): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is "not ASCII"
  return mail.needsSmtpUtf8 === true || /[^\u0000-\u007f]/.test(mail.from + mail.to);
}

/** Only what keeps an address from breaking out of its line; whether it is a good one is for others to say. */
function isAddress(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (text.length > 320 || /[\u0000-\u001f\u007f-\u009f\u2028\u2029<>]/.test(text)) return false;
  // A space is only allowed within a quoted local part.
  return /^("([^"\\]|\\.)*"|[^\s"@]+)@[^\s@"]+$/.test(text);
}

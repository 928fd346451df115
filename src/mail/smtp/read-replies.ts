import { isUtf8 } from 'node:buffer';
import type { Reply } from './reply.ts';

/** RFC 5321 §4.5.3.1.5 allows 512 octets a line; real servers write more. Beyond these it is not a conversation. */
export const replyLimits = { lineBytes: 4096, lines: 100 };

/** Turns what arrives, in whatever pieces, into replies. */
export interface ReplyReader {
  /** Takes the next piece; returns the replies that it completed, and why reading had to stop, if so. */
  push(bytes: Buffer): { readonly replies: readonly Reply[]; readonly garbage: string | null };
  /** True when a reply has begun and not ended. */
  readonly isMidway: boolean;
}

/** Makes a reader of SMTP replies (RFC 5321 §4.2). After garbage it reads nothing more. */
export function makeReplyReader(): ReplyReader {
  let rest: Buffer = Buffer.alloc(0);
  let lines: Line[] = [];
  let garbage: string | null = null;

  function take(line: Line | null): Reply | null {
    if (line === null) garbage = 'not an SMTP reply';
    else if (lines.length >= replyLimits.lines) garbage = `a reply of more than ${replyLimits.lines} lines`;
    else if (lines[0] && sort(lines[0].code) !== sort(line.code)) garbage = 'a reply with two codes';
    if (line === null || garbage !== null) return null;
    lines.push(line);
    if (line.more) return null;
    const whole = lines;
    lines = [];
    return makeReply(whole, line.code);
  }

  function push(bytes: Buffer): { replies: Reply[]; garbage: string | null } {
    const replies: Reply[] = [];
    const input = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    let start = 0;
    for (let end = input.indexOf(10); end >= 0 && garbage === null; end = input.indexOf(10, start)) {
      if (end - start > replyLimits.lineBytes)
        garbage = `a line of more than ${replyLimits.lineBytes} octets`;
      const reply = garbage === null ? take(readLine(input.subarray(start, end))) : null;
      if (reply) replies.push(reply);
      start = end + 1;
    }
    // A copy, so that a few octets do not hold on to the whole buffer of the socket.
    rest = Buffer.from(input.subarray(start, start + replyLimits.lineBytes + 1));
    if (garbage === null && rest.length > replyLimits.lineBytes)
      garbage = `a line of more than ${replyLimits.lineBytes} octets`;
    return { replies, garbage };
  }

  return {
    push,
    get isMidway() {
      return rest.length > 0 || lines.length > 0;
    },
  };
}

interface Line {
  readonly code: number;
  readonly more: boolean;
  readonly text: string;
}

function readLine(bytes: Buffer): Line | null {
  const end = bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length;
  const found = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(readText(bytes.subarray(0, end)));
  if (!found) return null;
  return { code: Number(found[1]), more: found[2] === '-', text: found[3] ?? '' };
}

/** UTF-8 where it is, else Latin-1; without control characters, which databases and screens do not take. */
function readText(bytes: Buffer): string {
  const readable = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return readable.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '\uFFFD');
}

function makeReply(lines: readonly Line[], code: number): Reply {
  // RFC 2034 §4: the enhanced code begins the text and has the class of the code; some put a "#" before it.
  const enhanced = /^#?([245]\.\d{1,3}\.\d{1,3})(?=[\s:]|$)/.exec(lines[0]?.text ?? '')?.[1] ?? null;
  const agrees = enhanced?.startsWith(String(sort(code))) ?? false;
  return { code, enhanced: agrees ? enhanced : null, lines: lines.map((line) => line.text) };
}

function sort(code: number): number {
  return Math.floor(code / 100);
}

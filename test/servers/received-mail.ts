/** What a test server took in. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The message without dot-stuffing, with the CRLF before the final dot. */
  readonly bytes: Buffer;
  readonly secure: boolean;
  /** Who signed in, or null. */
  readonly user: string | null;
}

/** The address in a `MAIL FROM:<…>` or `RCPT TO:<…>` line. */
export function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}

/** Takes back dot-stuffing (RFC 5321 §4.5.2). */
export function unstuff(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let start = bytes[0] === 46 ? 1 : 0;
  for (let at = bytes.indexOf('\r\n.'); at >= 0; at = bytes.indexOf('\r\n.', at + 3)) {
    pieces.push(bytes.subarray(start, at + 2));
    start = at + 3;
  }
  pieces.push(bytes.subarray(start));
  return Buffer.concat(pieces);
}

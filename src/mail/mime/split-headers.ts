/** A header as it stands in a mail: `value` unfolded and without surrounding blanks, otherwise undecoded. */
export type Header = { readonly name: string; readonly value: string };
export type SplitHeaders = {
  readonly headers: readonly Header[];
  /** Where the body begins; the length of the bytes when there is none, or when the headers reach the limit. */
  readonly bodyStart: number;
};

// More than any real header block has; Exchange and Gmail stop earlier.
const defaultMaxBytes = 256 * 1024;
const lf = 0x0a;

/**
 * Takes the headers off a mail or off a header block without a body, in order, repeated ones included; reads line
 * ends of both kinds. Lines that are no header (no colon, a space in the name) are left out. At most `maxBytes` are
 * looked at.
 */
export function splitHeaders(bytes: Uint8Array, maxBytes = defaultMaxBytes): SplitHeaders {
  const looked = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, maxBytes));
  const end = endOfHeaders(looked);
  const lines = looked.toString('utf8', 0, end?.last ?? looked.length).split(/\r?\n/);
  const folded: string[][] = [];
  for (const line of lines) {
    const last = folded[folded.length - 1];
    if (last && /^[ \t]/.test(line)) last.push(line);
    else folded.push([line]);
  }
  return {
    headers: folded.flatMap((parts) => readHeader(parts.join(''))),
    bodyStart: end?.body ?? bytes.byteLength,
  };
}

function endOfHeaders(bytes: Buffer): { last: number; body: number } | undefined {
  let start = 0;
  while (start < bytes.length) {
    const next = bytes.indexOf(lf, start);
    if (next < 0) return undefined;
    if (next === start || (next === start + 1 && bytes[start] === 0x0d))
      return { last: start, body: next + 1 };
    start = next + 1;
  }
  return undefined;
}

// RFC 5322 §2.2; blanks before the colon are its obsolete form (§4.5).
function readHeader(line: string): readonly Header[] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).trimEnd();
  return /^[!-9;-~]+$/.test(name)
    ? [
        {
          name,
          value: line
            .slice(colon + 1)
            .replace(/[\r\n\0]/g, ' ')
            .trim(),
        },
      ]
    : [];
}

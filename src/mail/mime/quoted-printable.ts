const hex = Buffer.from('0123456789ABCDEF', 'latin1');
/** RFC 2045 §6.7: 33 to 126 without `=` and the blank stand for themselves; blanks at a line's end are seen to below. */
const isPlain = Uint8Array.from({ length: 256 }, (_, octet) =>
  octet >= 0x20 && octet <= 0x7e && octet !== 0x3d ? 1 : 0,
);
// RFC 2045 §6.7 (5): 76 characters with the soft break's `=`.
const maxPlainColumn = 75;
const [cr, lf, space, dot, letterF, equals] = [0x0d, 0x0a, 0x20, 0x2e, 0x46, 0x3d];
const workingSpace = Buffer.allocUnsafe(256 * 1024);

/**
 * Encodes text whose lines end in CRLF as quoted-printable. No line of the result begins with a dot (nothing is ever
 * dot-stuffed) or with "From " (mailbox files would quote it), and `=_`, with which our boundaries begin, cannot occur.
 */
export function quotedPrintable(text: Uint8Array): Buffer {
  const out = roomFor(text.length);
  let at = 0;
  let column = 0;
  for (let i = 0; i < text.length; i++) {
    const octet = text[i] as number;
    if (octet === cr && text[i + 1] === lf) {
      out[at++] = cr;
      out[at++] = lf;
      column = 0;
      i++;
      continue;
    }
    let plain = isPlain[octet] === 1 && !(octet === space && endsLine(text, i + 1));
    const width = plain ? 1 : 3;
    if (column + width > maxPlainColumn) {
      out[at++] = equals;
      out[at++] = cr;
      out[at++] = lf;
      column = 0;
    }
    if (column === 0 && plain) plain = octet !== dot && !(octet === letterF && beginsFrom(text, i));
    if (plain) out[at++] = octet;
    else {
      out[at++] = equals;
      out[at++] = hex[octet >> 4] as number;
      out[at++] = hex[octet & 15] as number;
    }
    column += plain ? 1 : 3;
  }
  return Buffer.from(out.subarray(0, at));
}

/** Every octet may take three, and each 25 of those a soft break of three. Texts of mails share one working space. */
function roomFor(octets: number): Buffer {
  const needed = octets * 3 + Math.ceil(octets / 25) * 3 + 3;
  return needed <= workingSpace.length ? workingSpace : Buffer.allocUnsafe(needed);
}

function endsLine(text: Uint8Array, next: number): boolean {
  return next >= text.length || (text[next] === cr && text[next + 1] === lf);
}

function beginsFrom(text: Uint8Array, i: number): boolean {
  return text[i + 1] === 0x72 && text[i + 2] === 0x6f && text[i + 3] === 0x6d && text[i + 4] === space;
}

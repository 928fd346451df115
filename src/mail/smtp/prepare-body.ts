/** A message as it goes over the wire: dots doubled, and the end that must not leave early. */
export type PreparedBody =
  | { readonly ok: true; readonly chunks: readonly Buffer[]; readonly end: '.\r\n' | '\r\n.\r\n' }
  | { readonly ok: false; readonly message: string };

const dot = 46;
const lf = 10;
const cr = 13;

/**
 * Doubles the dots that begin a line (RFC 5321 §4.5.2), also where a line begins in one chunk and its dot stands
 * in the next. Untouched chunks are passed through, not copied. Refuses what careless servers would take for the
 * end of the message: a lone dot after a bare LF or CR (SMTP smuggling, CVE-2023-51764 and its kin).
 */
export function prepareBody(chunks: readonly Buffer[], noLeadingDots = false): PreparedBody {
  const full = chunks.filter((chunk) => chunk.length > 0);
  const end = endsLine(full) ? '.\r\n' : '\r\n.\r\n';
  if (noLeadingDots) return { ok: true, chunks: full, end };
  const out: Buffer[] = [];
  for (const [index, chunk] of full.entries()) {
    const doubled: number[] = [];
    for (const at of dotsAfterLineEnds(chunk)) {
      const lineEnd = lineEndBefore(full, index, at);
      if (lineEnd === 'bare' && isLineEnd(octetAfter(full, index, at)))
        return { ok: false, message: 'a lone dot after a bare line end' };
      if (lineEnd === 'crlf') doubled.push(at);
    }
    out.push(doubled.length === 0 ? chunk : withDoubled(chunk, doubled));
  }
  return { ok: true, chunks: out, end };
}

/** One new buffer, however many dots: thousands of small pieces would make the write slow. */
function withDoubled(chunk: Buffer, places: readonly number[]): Buffer {
  const out = Buffer.allocUnsafe(chunk.length + places.length);
  let from = 0;
  let written = 0;
  for (const at of places) {
    written += chunk.copy(out, written, from, at + 1);
    from = at;
  }
  chunk.copy(out, written, from);
  return out;
}

/** Places of dots that stand first in the chunk or after an LF or CR. Looking for the rarer octet is faster. */
function dotsAfterLineEnds(chunk: Buffer): number[] {
  const places: number[] = [];
  for (let at = chunk.indexOf(dot); at >= 0; at = chunk.indexOf(dot, at + 1)) {
    const before = at === 0 ? lf : chunk[at - 1];
    if (before === lf || before === cr) places.push(at);
  }
  return places;
}

function lineEndBefore(chunks: readonly Buffer[], index: number, at: number): 'crlf' | 'bare' | 'none' {
  const last = octetBefore(chunks, index, at, 1);
  const beforeLast = octetBefore(chunks, index, at, 2);
  // The beginning of the message follows the CRLF of the DATA command.
  if (last === null) return 'crlf';
  if (last === lf && beforeLast === cr) return 'crlf';
  return last === lf || last === cr ? 'bare' : 'none';
}

function octetBefore(chunks: readonly Buffer[], index: number, at: number, distance: number): number | null {
  let place = at - distance;
  for (let i = index; i >= 0; i--) {
    if (place >= 0) return chunks[i]?.[place] ?? null;
    place += chunks[i - 1]?.length ?? 0;
  }
  return null;
}

function octetAfter(chunks: readonly Buffer[], index: number, at: number): number | null {
  return chunks[index]?.[at + 1] ?? chunks[index + 1]?.[0] ?? null;
}

function isLineEnd(octet: number | null): boolean {
  return octet === null || octet === lf || octet === cr;
}

function endsLine(chunks: readonly Buffer[]): boolean {
  const index = chunks.length - 1;
  const length = chunks[index]?.length ?? 0;
  const last = octetBefore(chunks, index, length, 1);
  return last === null || (last === lf && octetBefore(chunks, index, length, 2) === cr);
}

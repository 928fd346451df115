import Papa from 'papaparse';

export type ParsedTable =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly reason: 'unknown_encoding' | 'too_many_rows' };

/**
 * The rows of a table as CSV (RFC 4180), without empty ones; finds encoding (UTF-8, UTF-16, Windows-1252) and delimiter by itself. Refuses what is in
 * none of them, and more rows than `mostRows`. Synchronous: run it in a confined thread where the bytes come from outside.
 */
export function parseTable(bytes: Uint8Array, mostRows: number): ParsedTable {
  const text = decode(bytes);
  if (text === null) return { ok: false, reason: 'unknown_encoding' };
  // Programs write a line `sep=;` for Excel, which is no row.
  const plain = text.replace(/^sep=.\r?\n/i, '');
  const { data } = Papa.parse<string[]>(plain, {
    delimitersToGuess: [';', ',', '\t', '|'],
    skipEmptyLines: 'greedy',
    preview: mostRows + 1,
  });
  return data.length > mostRows ? { ok: false, reason: 'too_many_rows' } : { ok: true, rows: data };
}

/** The words of a head's cell as they are compared: without accents, in lower case, one blank between them. */
export function headWords(cell: string): string {
  return cell
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, 80);
}

/** UTF-8 and UTF-16 as they say themselves; else what Windows writes in western and central Europe. */
function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  for (const encoding of marked ? [marked] : ['utf-8', 'windows-1252'])
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\0') ? null : text;
    } catch {
      // The next encoding may fit.
    }
  return null;
}

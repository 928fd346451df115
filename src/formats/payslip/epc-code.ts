import { encode, renderSVG } from 'uqr';

export interface EpcTransfer {
  readonly name: string;
  readonly iban: string;
  readonly bic: string | null;
  /** A decimal string in euro. */
  readonly amount: string;
  /** What the seller reads on his statement, such as the number of the invoice. */
  readonly remittance: string;
}

/**
 * The code that banking apps scan to fill in a SEPA credit transfer: its text, its drawing as SVG, and its squares row by row (true is dark). Null for an amount that
 * such a transfer cannot have. EPC069-12 v2.1 §2: version 002 (the BIC may be absent), UTF-8, at most 331 bytes, error correction M.
 */
export function epcCode(
  transfer: EpcTransfer,
): { readonly text: string; readonly svg: string; readonly modules: readonly (readonly boolean[])[] } | null {
  const amount = amountOf(transfer.amount);
  if (amount === null) return null;
  const text = [
    'BCD',
    '002',
    '1',
    'SCT',
    transfer.bic ?? '',
    line(transfer.name, 70),
    transfer.iban,
    `EUR${amount}`,
    '',
    '',
    line(transfer.remittance, 140),
  ].join('\n');
  if (Buffer.byteLength(text) > 331) return null;
  return {
    text,
    svg: renderSVG(text, { ecc: 'M', border: 4 }),
    modules: encode(text, { ecc: 'M', border: 0 }).data,
  };
}

/** From 0.01 to 999999999.99, with a point and at most two places. */
function amountOf(amount: string): string | null {
  const found = /^(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec(amount);
  if (!found) return null;
  const text = `${found[1]}.${(found[2] ?? '').padEnd(2, '0')}`;
  return Number(text) > 0 ? text : null;
}

function line(text: string, longest: number): string {
  return [...text.replace(/[\p{Cc}\s]+/gu, ' ').trim()].slice(0, longest).join('');
}

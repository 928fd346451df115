import { emailsOf } from '../values.ts';
import type { PageText } from './page-text.ts';
import { buyerLabels, sellerLabels } from './words.ts';

const addressPattern = /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,5}/gu;
/** A party's address block is rarely longer than this. */
const blockLines = 10;
const most = 5;

/**
 * The addresses in a document that may be the buyer's, the likeliest first: those below the buyer's label; the seller's own,
 * which stand beside a telephone, bank account or web address of the same domain, are left out.
 */
export function proposeEmails(page: PageText): string[] {
  const lines = page.map((cells) => cells.join(' '));
  const sites = lines.flatMap((line) =>
    [...line.matchAll(/(?:www\.|https?:\/\/)([\p{L}\d.-]{1,200})/giu)].map((m) => m[1]!),
  );
  const found = lines.flatMap((line, at) =>
    [...line.matchAll(addressPattern)].map(([address]) => {
      const party = partyAt(page, at);
      const domain = address.slice(address.indexOf('@') + 1).toLowerCase();
      const isSellerSite = sites.some((site) =>
        site
          .toLowerCase()
          .replace(/^www\./, '')
          .startsWith(domain),
      );
      const isImprint = /\biban\b|\bbic\b|\bfax\b|www\./i.test(line) || at >= Math.max(12, lines.length - 4);
      return { address, likely: party - (isSellerSite ? 2 : 0) - (isImprint ? 1 : 0) };
    }),
  );
  const likely = found.filter(({ likely: score }) => score >= 0).sort((a, b) => b.likely - a.likely);
  return emailsOf(likely.map(({ address }) => address)).slice(0, most);
}

/** Whose block a line belongs to, by the nearest label above: 2 the buyer's, -2 the seller's, 0 not known. */
function partyAt(page: PageText, at: number): number {
  for (let line = at; line >= Math.max(0, at - blockLines); line -= 1) {
    const cells = page[line] ?? [];
    if (cells.some((cell) => buyerLabels.test(cell))) return 2;
    if (cells.some((cell) => sellerLabels.test(cell))) return -2;
  }
  return 0;
}

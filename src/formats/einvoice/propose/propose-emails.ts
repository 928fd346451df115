import { emailsOf } from '../values.ts';
import { buyerLabels } from './labels.ts';
import type { PageText } from './page-text.ts';

const addressPattern = /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,5}/gu;
/** A customer's address block is rarely longer than this. */
const buyerLines = 10;
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
  const labelled = page.flatMap((cells, at) => (cells.some((cell) => buyerLabels.test(cell)) ? [at] : []));
  const found = lines.flatMap((line, at) =>
    [...line.matchAll(addressPattern)].map(([address]) => {
      const isBelowBuyer = labelled.some((label) => at >= label && at - label <= buyerLines);
      const domain = address.slice(address.indexOf('@') + 1).toLowerCase();
      const isSellerSite = sites.some((site) =>
        site
          .toLowerCase()
          .replace(/^www\./, '')
          .startsWith(domain),
      );
      const isImprint = /\biban\b|\bbic\b|www\./i.test(line) || at >= Math.max(12, lines.length - 4);
      return { address, likely: (isBelowBuyer ? 2 : 0) - (isSellerSite ? 2 : 0) - (isImprint ? 1 : 0) };
    }),
  );
  const likely = found.filter(({ likely: score }) => score >= 0).sort((a, b) => b.likely - a.likely);
  return emailsOf(likely.map(({ address }) => address)).slice(0, most);
}

import type { Language } from '#base/language';
import type { PartyView } from '#formats/pdf';

const byCountry: Readonly<Record<string, Language>> = {
  DE: 'de',
  AT: 'de',
  LI: 'de',
  FR: 'fr',
  LU: 'fr',
  MC: 'fr',
  IT: 'it',
  SM: 'it',
  RO: 'ro',
  MD: 'ro',
  NL: 'nl',
};

/**
 * The language to draw an invoice in: what the seller's country speaks, as invoices are written by sellers; in Belgium and
 * Switzerland by the postcode; English where we do not know better.
 */
export function guessLanguage(seller: PartyView, buyer: PartyView): Language {
  return languageOf(seller) ?? (seller.country === null ? languageOf(buyer) : null) ?? 'en';
}

function languageOf(party: PartyView): Language | null {
  const country = party.country ?? '';
  if (country !== 'BE' && country !== 'CH') return byCountry[country] ?? null;
  const postcode = Number(/\b(\d{4})\b/.exec(party.address.slice(1).join(' '))?.[1] ?? 0);
  if (postcode === 0) return country === 'CH' ? 'de' : 'fr';
  // Postcode ranges of bpost: Walloon Brabant 1300-1499, Walloon provinces 4000-7999, Brussels (both languages) below 1300.
  if (country === 'BE') return postcode < 1500 || (postcode >= 4000 && postcode < 8000) ? 'fr' : 'nl';
  // Leading digits of Swiss Post: 1 and most of 2 French, 65-69 Italian.
  return postcode < 2900 ? 'fr' : postcode >= 6500 && postcode < 7000 ? 'it' : 'de';
}

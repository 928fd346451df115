/**
 * Names of qualified or state services. A program that anybody can install is none of them, and may not be called one: CPCE L.100 (France), eIDAS
 * art. 44 (a qualified service), CAD art. 48 (Italy, PEC), De-Mail-Gesetz (Germany).
 */
const terms: readonly RegExp[] = [
  /\bLRE\b/,
  /lettre recommandée/i,
  /recommandé(e)? électronique/i,
  /\braccomandata\b/i,
  /\bPEC\b/,
  /posta elettronica certificata/i,
  /\bEinschreiben\b/i,
  /\bDe-Mail\b/i,
  /aangetekend(e)? (brief|zending)/i,
  /scrisoare recomandată/i,
  /\b(qualified|qualifié|qualificato|calificat|qualifiziert|gekwalificeerd)\p{L}* (electronic|électronique|elettronic|electronic|elektronisch)/iu,
  /\bregistered letter\b/i,
];

/**
 * An address of somebody's own at a certified mailbox, as Italian letters give it: "PEC: x@pec.example". That a mail comes "via PEC" is
 * something else, and stays refused.
 */
const ownMailbox =
  /(?<!\b(?:via|tramite|mezzo|per|con|by|par|through)\s)\bPEC\b(?:\s+(?:aziendale|è))?\s*[:=(–—-]?\s*[\p{L}\d._%+'-]+@[\p{L}\d.-]+\.\p{L}{2,}/giu;

/** The first protected term in a text, as it stands there; null when there is none. "non-qualified" is none. */
export function protectedTermIn(text: string): string | null {
  const plain = text
    .replace(ownMailbox, ' ')
    .replace(/\b(non|nicht|niet|non-|ne)[ -]?(?=qualif|calif|gekwal)\p{L}+/giu, ' ')
    .replace(/necalificat\p{L}*/giu, ' ');
  for (const term of terms) {
    const found = term.exec(plain);
    if (found) return found[0];
  }
  return null;
}

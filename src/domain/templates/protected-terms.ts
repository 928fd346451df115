/**
 * Names of qualified or state services. A program that anybody can install is none of them, and may not be called one: CPCE L.100 (France), eIDAS
 * art. 44 (a qualified service), CAD art. 48 (Italy, PEC), De-Mail-Gesetz (Germany).
 */
const electronic: readonly RegExp[] = [
  /\bLRE\b/,
  /lettre recommandée électronique/i,
  /recommandé(e)? électronique/i,
  /\bPEC\b/,
  /posta elettronica certificata/i,
  /\bDe-Mail\b/i,
  /\b(qualified|qualifié|qualificato|calificat|qualifiziert|gekwalificeerd)\p{L}* (electronic|électronique|elettronic|electronic|elektronisch)/iu,
];

/** Letters on paper, by the post. A reminder may announce one; what goes out behind a code may not be called one. */
const onPaper: readonly RegExp[] = [
  /lettre recommandée/i,
  /\braccomandata\b/i,
  /\bEinschreiben\b/i,
  /aangetekend(e)? (brief|zending)/i,
  /scrisoare recomandată/i,
  /\bregistered letter\b/i,
];

/**
 * An address of somebody's own at a certified mailbox, as Italian letters give it: "PEC: x@pec.example". That a mail comes "via PEC" is
 * something else, and stays refused.
 */
const ownMailbox =
  /(?<!\b(?:via|tramite|mezzo|per|con|by|par|through)\s)\bPEC\b(?:\s+(?:aziendale|è))?\s*[:=(–—-]?\s*[\p{L}\d._%+'-]+@[\p{L}\d.-]+\.\p{L}{2,}/giu;

/**
 * The first protected term in a text, as it stands there; null when there is none. "non-qualified" is none. `any`: also the names of letters on paper,
 * for what goes out registered or confidential.
 */
export function protectedTermIn(text: string, which: 'electronic' | 'any'): string | null {
  const plain = text
    .replace(ownMailbox, ' ')
    .replace(/\b(non|nicht|niet|non-|ne)[ -]?(?=qualif|calif|gekwal)\p{L}+/giu, ' ')
    .replace(/necalificat\p{L}*/giu, ' ');
  for (const term of which === 'any' ? [...electronic, ...onPaper] : electronic) {
    const found = term.exec(plain);
    if (found) return found[0];
  }
  return null;
}

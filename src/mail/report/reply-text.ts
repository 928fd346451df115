/** Lines with which programs introduce what they quote. */
const introductions: readonly RegExp[] = [
  /^\s*-{2,}\s*(?:original (?:message|appointment)|ursprüngliche nachricht|original-?nachricht|message (?:d'origine|original)|messaggio originale|oorspronkelijk bericht|mesaj original|mensaje original|forwarded message|weitergeleitete nachricht)\s*-{2,}/iu,
  /^\s*_{20,}\s*$/,
  /^\s*(?:on|am|le|il|op|la|pe|el|em|în|den|dne)\s.{4,200}(?:wrote|schrieb.{0,80}|a écrit|ha scritto|schreef.{0,80}|a scris|escribió|escreveu|skrev|napsal.{0,20})\s?:?\s*$/iu,
  /^\s*.{0,120}\b\d{4}\b.{0,120}<[^<>]{3,200}>\s?(?:wrote)?\s?:\s*$/i,
];
const from = /^\s*\*?(?:from|von|de|da|van|de la|expéditeur)\s?:\*?\s/i;
const sent =
  /^\s*\*?(?:sent|date|gesendet|datum|envoyé|inviato|data|verzonden|trimis|enviado|fecha|to|an|à|a|aan|către|para|subject|betreff|objet|oggetto|onderwerp|subiect|asunto)\s?:\*?\s/iu;
const maxLength = 20_000; // longer answers are cut: it is shown in the history, not kept as the mail

/** The words of a reply without the mail that it quotes and without what follows that; null when nothing is left. */
export function cutQuote(text: string): string | null {
  const lines = text.slice(0, 200_000).split(/\r\n|\n|\r/);
  const cut = lines.findIndex((line, at) => introduces(line, lines[at + 1] ?? '', lines[at + 2] ?? ''));
  const kept = (cut < 0 ? lines : lines.slice(0, cut)).filter((line) => !/^\s{0,3}>/.test(line));
  const words = kept
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return words === '' ? null : words.slice(0, maxLength);
}

function introduces(line: string, next: string, third: string): boolean {
  const short = line.slice(0, 400);
  if (introductions.some((pattern) => pattern.test(short))) return true;
  // Long introductions are broken over two lines.
  if (
    /^\s*(?:on|am|le|il|op|pe|el)\s/i.test(short) &&
    introductions[2]?.test(`${short.slice(0, 200)} ${next.trim().slice(0, 200)}`)
  )
    return true;
  return from.test(short) && (sent.test(next) || sent.test(third));
}

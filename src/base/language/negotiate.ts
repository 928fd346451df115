import { isLanguage, type Language } from './languages.ts';

/** A browser sends a handful; a longer header is cut, so that nobody makes us sort thousands. */
const mostRanges = 20;

/**
 * Picks our language that the `Accept-Language` header wants most (RFC 9110 §12.5.4: `fr-BE;q=0.8`; `q=0` means never),
 * or `otherwise` when the header is absent, unreadable or names none of ours. `*` means any, so `otherwise`.
 */
export function negotiateLanguage(header: string | undefined, otherwise: Language): Language {
  const wanted = (header ?? '')
    .slice(0, 1000)
    .split(',', mostRanges)
    .map(readRange)
    .filter((range) => range.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { primary } of wanted) {
    if (primary === '*') return otherwise;
    if (isLanguage(primary)) return primary;
  }
  return otherwise;
}

function readRange(text: string): { primary: string; weight: number } {
  const [tag = '', ...parameters] = text.trim().toLowerCase().split(';');
  const q = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
  const weight = q === undefined ? 1 : Number(q.slice(2));
  return { primary: tag.trim().split('-')[0] ?? '', weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

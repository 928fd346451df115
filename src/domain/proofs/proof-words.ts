import { type Language, makeTexts, type Texts } from '#base/language';
import type { CodeChannel } from '#domain/registered';
import type { Ending, KnownLevel } from './known-level.ts';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

export const proofCatalogues = { en, fr, it, ro, de, nl };

export type ProofWords = Texts<keyof typeof en & string>;

/** The words of reports and of the file's README. */
export const proofWordsIn: (language: Language) => ProofWords = makeTexts(proofCatalogues);

/** What is known about one recipient, part by part: behind a code how it ended comes first, and then how far its notice came. */
export function wordKnown(
  t: ProofWords,
  of: {
    readonly service: string;
    readonly level: KnownLevel;
    readonly code?: CodeChannel;
    readonly ending?: Ending | null;
  },
): string[] {
  const level = t(`level.${of.level}`, { code: of.code ?? 'email' });
  if (!of.ending) return [level];
  return [t(`ending.${of.ending}`, { service: of.service }), t('ending.notice', { level })];
}

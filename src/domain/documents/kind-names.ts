import { type Language, languages, makeTexts } from '#base/language';
import { headWords } from '#formats/csv';
import type { DocumentKind } from '#formats/einvoice';
import { documentKinds } from './document.ts';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

const names = makeTexts({ en, fr, it, ro, de, nl });

/** What a kind is called in a language: "Credit note". */
export function kindNameIn(language: Language, kind: DocumentKind): string {
  return names(language)(kind);
}

/** The kind that a word means: our own (`credit_note`), or its name in one of the languages; null for others. */
export function kindNamed(word: string): DocumentKind | null {
  const wanted = headWords(word);
  const found = documentKinds.find(
    (kind) =>
      headWords(kind) === wanted || languages.some((language) => headWords(names(language)(kind)) === wanted),
  );
  return found ?? null;
}

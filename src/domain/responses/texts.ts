import { makeTexts, type Texts } from '#base/language';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

export const responseCatalogues = { en, fr, it, ro, de, nl };

export type ResponseTexts = Texts<keyof typeof en & string>;

/** The words of codes, receipts and messages to the sender. */
export const responseTexts: (language: 'en' | 'fr' | 'it' | 'ro' | 'de' | 'nl') => ResponseTexts =
  makeTexts(responseCatalogues);

import { makeTexts, type Texts } from '#base/language';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import it from './it.json' with { type: 'json' };
import nl from './nl.json' with { type: 'json' };
import ro from './ro.json' with { type: 'json' };

export const staffCatalogues = { en, fr, it, ro, de, nl } as const;

export type StaffKey = keyof typeof en;
export type StaffTexts = Texts<StaffKey>;

/** The words of the staff screens in a language. */
export const staffTexts: (language: 'en' | 'fr' | 'it' | 'ro' | 'de' | 'nl') => StaffTexts =
  makeTexts(staffCatalogues);

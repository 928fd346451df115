import { makeTexts } from '#base/language';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

/** The words of the files that runs make. */
export const textsOf = makeTexts({ en, fr, it, ro, de, nl });

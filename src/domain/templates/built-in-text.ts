import type { Language } from '#base/language';
import de from './built-in/de.json' with { type: 'json' };
import en from './built-in/en.json' with { type: 'json' };
import fr from './built-in/fr.json' with { type: 'json' };
import it from './built-in/it.json' with { type: 'json' };
import nl from './built-in/nl.json' with { type: 'json' };
import ro from './built-in/ro.json' with { type: 'json' };
import type { TextKind, TextName, TextPurpose, TextTemplate } from './text.ts';

type PerPurpose = Readonly<Record<TextPurpose, string>>;
type PerKind = Readonly<Record<TextKind, string>>;

interface BuiltIn {
  readonly greeting: string;
  readonly signOff: string;
  readonly subject: PerPurpose;
  readonly severalSubject: PerPurpose;
  readonly closing: string;
  readonly severalClosing: string;
  readonly first: PerKind;
  readonly reminder: PerKind;
  readonly resend: PerKind;
}

const builtIn: Readonly<Record<Language, BuiltIn>> = { en, fr, it, ro, de, nl };

/** The text that Envoi comes with, whole and ready to be edited: there is one for each kind, purpose and language. */
export function builtInText({ kind, purpose, language }: TextName): TextTemplate {
  const words = builtIn[language];
  const several = kind === 'several';
  const paragraphs = [
    words.greeting,
    words[purpose][kind],
    '{{ documents.block }}',
    several ? words.severalClosing : words.closing,
    `${words.signOff}<br />{% if user.name %}{{ user.name }}<br />{% endif %}{{ company.name }}`,
  ];
  return {
    subject: (several ? words.severalSubject : words.subject)[purpose],
    html: paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n'),
  };
}

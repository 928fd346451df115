import { isLanguage, type Language } from '#base/language';
import type { Company } from '#domain/accounts';
import type { LineDraft } from './run.ts';

/** The language of the mail of a line, in which its files are written too. */
export function languageOf(
  line: { readonly draft: Pick<LineDraft, 'language'> | null },
  company: Pick<Company, 'language'>,
): Language {
  const asked = line.draft?.language ?? '';
  return isLanguage(asked) ? asked : company.language;
}

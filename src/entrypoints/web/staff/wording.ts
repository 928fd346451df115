import type { Errors, View } from '../kit/index.ts';

/** What a domain refused, by field. */
export interface Refused {
  readonly path: string;
  readonly reason: string;
}

/**
 * Words refusals for the fields of a form; `names` says which field of the form a path of the domain is (`''`: the whole
 * form). The first refusal of a field is said.
 */
export function fieldErrors(
  view: View,
  problems: readonly Refused[],
  names: Readonly<Record<string, string>> = {},
): Errors {
  const errors: Record<string, string> = {};
  for (const { path, reason } of problems) errors[names[path] ?? path] ??= wrong(view, reason);
  return errors;
}

/** The same for a long form: it also says at its top that there is something to mend below. */
export function markedErrors(...of: Parameters<typeof fieldErrors>): Errors {
  return { '': of[0].t('wrong.below'), ...fieldErrors(...of) };
}

/** The sentence for a refused field. */
export function wrong({ t }: View, reason: string): string {
  const key = `wrong.${reason}`;
  return t.has(key) ? t(key) : t('wrong.other', { reason });
}

import { readLimitValue } from '#domain/accounts';
import type { DispatchProblem } from '#domain/dispatch';
import type { Errors, View } from '../kit/index.ts';

/** Which field of the window a path of the domain is; `''` is the window as a whole. */
const fieldOf: Readonly<Record<string, string>> = {
  attach: 'files',
  'attach.fileIds': 'files',
  'attach.fileType': 'files',
  replyTo: 'senderId',
  language: 'text',
  templateId: 'text',
  documentId: '',
  documentIds: '',
  replaces: '',
};

/** The sentence for one problem of a dispatch. */
export function problemSentence(view: View, { reason, value }: DispatchProblem): string {
  const key = `send.wrong.${reason}`;
  const said = value?.slice(0, 200) ?? '';
  if (reason === 'plan_limit') return view.t('send.wrong.plan_limit', limitWords(view, value));
  return view.t.has(key) ? view.t(key, { value: said, facts: factWords(view, said) }) : reason;
}

/** The reached limit of a plan as values of a sentence. */
export function limitWords(
  { format }: View,
  value: string | undefined,
): { readonly limit: string; readonly used: string; readonly day: string } {
  const reached = readLimitValue(value);
  return {
    limit: format.number(reached?.limit ?? 0),
    used: format.number(reached?.used ?? 0),
    day: reached?.anew ? format.longDate(reached.anew) : '',
  };
}

/** Problems beside their fields; the first of a field is said, all wrong addresses of a field together. */
export function problemErrors(view: View, problems: readonly DispatchProblem[]): Errors {
  const errors: Record<string, string> = {};
  for (const problem of problems) {
    const field = fieldOf[problem.path] ?? problem.path;
    const sentence = problemSentence(view, problem);
    const before = errors[field];
    if (before === undefined) errors[field] = sentence;
    else if (problem.reason === 'address_invalid' && before.length < 400)
      errors[field] = `${before} ${sentence}`;
  }
  return errors;
}

/** "number, total" of the domain as "Number and Amount". */
function factWords(view: View, facts: string): string {
  const words = facts.split(', ').flatMap((fact) => {
    const key = `fact.${fact}`;
    return view.t.has(key) ? [view.t(key)] : [];
  });
  return view.format.list([...new Set(words)]);
}

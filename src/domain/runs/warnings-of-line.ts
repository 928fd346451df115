import type { DispatchWarning, Draft } from '#domain/dispatch';
import type { LineDraft, LineWarning } from './run.ts';

/** The warnings of a draft as a line keeps them: each once, with what it is about. */
export function warningsOfLine({ warnings }: Draft): LineWarning[] {
  const kept = warnings.map((one): LineWarning => {
    const value = aboutWhat(one);
    return value === null ? { kind: one.kind } : { kind: one.kind, value };
  });
  return [...new Map(kept.map((one) => [`${one.kind}/${one.value ?? ''}`, one])).values()];
}

/** A draft as it is kept: lines of before have the kinds of their warnings only. */
export function draftOfRow(draft: LineDraft | null): LineDraft | null {
  if (!draft) return null;
  const warnings = draft.warnings.map((one) => (typeof one === 'string' ? { kind: one } : one));
  return { ...draft, warnings };
}

function aboutWhat(warning: DispatchWarning): string | null {
  switch (warning.kind) {
    case 'already_sent':
      return warning.at.toISOString();
    case 'suppressed':
    case 'misdirected':
      return warning.address;
    case 'language_differs':
      return warning.of;
    case 'large':
      return String(warning.bytes);
    case 'asks_despite':
      return warning.reason;
    case 'no_own_sender':
    case 'sender_broken':
    case 'courtesy_copy':
    case 'plan_near':
    case 'plan_full':
      return null;
  }
}

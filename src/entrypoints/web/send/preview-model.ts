import { letterParts } from '#domain/dispatch';
import { documentSummaries, splitBody } from '#domain/templates';
import type { PreviewModel } from '../screens/send-model.ts';
import { markMissing } from '../templates/mark-missing.ts';
import type { Drafted, Sending } from './draft-send.ts';
import type { SendForm } from './send-form.ts';
import { warningModels } from './send-warnings.ts';
import { problemSentence } from './send-words.ts';

/** The mail as they will see it, with what is in the way of sending it. */
export function previewModel(
  { view, now }: Sending,
  drafted: Drafted,
  form: SendForm,
  portalUrl: string,
): PreviewModel {
  const { draft, problems, facts } = drafted;
  const shown = (role: 'to' | 'cc'): string =>
    draft.addressees
      .filter((one) => one.role === role)
      .map((one) => one.name || one.address)
      .join(', ');
  const parts = letterParts(draft, portalUrl, now);
  const body = splitBody(draft.bodyHtml);
  const missing = problems.flatMap((one) => (one.reason === 'variable_missing' ? (one.value ?? []) : []));
  const [blocking] = problems;
  const wrongFact = Object.values(facts?.errors ?? {})[0];
  return {
    warnings: warningModels(view, drafted, form),
    from:
      draft.sender && !draft.senderHidden ? `${draft.fromName} <${draft.sender.address}>` : draft.fromName,
    to: shown('to'),
    cc: shown('cc'),
    // Cleaned by the domain for mails and for our pages.
    body: { before: markMissing(body.before, missing), after: markMissing(body.after, missing) },
    cards: documentSummaries(parts).map(({ title, amount, due, button, url }) => ({
      title,
      line: [amount ? `${amount.amount}\u00A0${amount.currency}` : null, due].filter(Boolean).join(' · '),
      button: url === null ? null : button,
    })),
    missing,
    people: draft.channels.includes('email') ? draft.addressees.length : 0,
    company: draft.channels.includes('network') ? (draft.partner?.companyName ?? null) : null,
    blocked: wrongFact ?? (blocking ? problemSentence(view, blocking) : null),
  };
}

import type { Document } from '#domain/documents';
import type { LineProblem } from '#domain/runs';
import { paths, type View } from '../kit/index.ts';
import type { RunProblem } from '../screens/run-model.ts';
import { limitWords, problemSentence } from '../send/send-words.ts';

const ofRuns: ReadonlySet<string> = new Set([
  'already_sent',
  'in_another_run',
  'sent_meanwhile',
  'left_out',
  'broken',
  'stopped',
  'suppressed',
  'misdirected',
]);

/** A problem of a line as a sentence with its way out. */
export function lineProblem(view: View, problem: LineProblem, document: Document | null): RunProblem {
  const again =
    ['already_sent', 'left_out'].includes(problem.reason) ||
    ('value' in problem && problem.value === 'reminded_lately');
  return { sentence: sentenceOf(view, problem), repair: repairOf(view, problem, document), again };
}

function sentenceOf(view: View, problem: LineProblem): string {
  if (problem.reason === 'plan_limit')
    return view.t('runs.problem.plan_limit', limitWords(view, problem.value));
  if (!ofRuns.has(problem.reason)) return problemSentence(view, problem as never);
  const at =
    problem.reason === 'already_sent' && problem.value ? view.format.dateTime(new Date(problem.value)) : '';
  const why = `reminders.why.${problem.reason === 'stopped' ? problem.value : ''}`;
  if (view.t.has(why)) return `${view.t(why)}.`;
  const key = `runs.problem.${problem.reason}`;
  return view.t.has(key) ? view.t(key, { at, address: problem.value ?? '' }) : problem.reason;
}

function repairOf(view: View, { reason }: LineProblem, document: Document | null): RunProblem['repair'] {
  if (reason === 'recipient_missing' || reason === 'address_invalid')
    return document?.customerId
      ? { href: `${paths.customer(document.customerId)}?contact=new`, text: view.t('runs.repair.contact') }
      : document && { href: `${paths.document(document.id)}?edit`, text: view.t('runs.repair.facts') };
  if (reason === 'document_incomplete')
    return document && { href: `${paths.document(document.id)}?edit`, text: view.t('runs.repair.facts') };
  if (reason === 'suppressed') return { href: paths.suppressions, text: view.t('blocked.see') };
  if (reason === 'misdirected' && document?.customerId)
    return { href: paths.customer(document.customerId), text: view.t('runs.repair.contact') };
  if (reason === 'sender_missing' || reason === 'sender_broken')
    return { href: paths.settingsSenders, text: view.t('runs.repair.sender') };
  if (document && ['too_big', 'variable_missing', 'document_canceled', 'refused'].includes(reason))
    return { href: paths.send([document.id]), text: view.t('runs.repair.window') };
  return null;
}

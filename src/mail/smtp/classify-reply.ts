import type { Step } from './outcome.ts';
import type { SmtpProblem } from './problem.ts';
import type { Reply } from './reply.ts';
import { type ReplyRule, replyRules } from './reply-rules.ts';

/**
 * What a refusal (4xx or 5xx) at a step means: a word from the table of rules, and whether another try makes
 * sense. The first digit decides that, except where the table names a limit that passes by itself.
 */
export function classifyReply(
  step: Step,
  reply: Reply,
): { readonly kind: 'temporary' | 'permanent'; readonly problem: SmtpProblem } {
  const kind = reply.code < 500 ? 'temporary' : 'permanent';
  // Some repeat the enhanced code on every line, in the middle of a sentence.
  const words = reply.lines.map((line) => line.replace(/^#?[245]\.\d{1,3}\.\d{1,3}\s/, ''));
  const text = words.join(' ').slice(0, 2000);
  const rule = replyRules.find((candidate) => fits(candidate, step, reply, text));
  if (rule) return { kind: rule.kind ?? kind, problem: rule.problem };
  if (step === 'auth') return { kind, problem: 'auth_refused' };
  return { kind, problem: kind === 'temporary' ? 'refused_for_now' : 'refused' };
}

function fits(rule: ReplyRule, step: Step, reply: Reply, text: string): boolean {
  if (rule.steps && !rule.steps.includes(step)) return false;
  if (rule.codes && !rule.codes.includes(reply.code)) return false;
  if (rule.enhanced && rule.enhanced.exec(reply.enhanced ?? '')?.[0] !== reply.enhanced) return false;
  return !rule.text || rule.text.test(text);
}

import type { Capabilities } from './capabilities.ts';
import { openConversation } from './connect-smtp.ts';
import { type Conversation, isAnswer } from './conversation.ts';
import type { SmtpOptions, Timeouts, TraceEntry } from './options.ts';
import type { SmtpError, Step, TlsFacts, TlsGivenUp } from './outcome.ts';
import type { SmtpProblem } from './problem.ts';
import type { Reply } from './reply.ts';
import { type Setback, setbackFrom } from './setback.ts';

export interface StepResult {
  readonly step: Step;
  readonly ok: boolean;
  readonly ms: number;
  /** Null when ok. */
  readonly problem: SmtpProblem | null;
  readonly reply: Reply | null;
  readonly error: SmtpError | null;
}

export interface ConnectionTest {
  readonly ok: boolean;
  /** In order; the last one is the one that failed, if any did. */
  readonly steps: readonly StepResult[];
  readonly transcript: readonly TraceEntry[];
  readonly ip: string | null;
  readonly tls: TlsFacts | null;
  readonly tlsGivenUp: TlsGivenUp | null;
  readonly capabilities: Capabilities | null;
}

/** A person waits for this answer, so nobody gets five minutes. */
const patience: Partial<Timeouts> = {
  connect: 10_000,
  greeting: 20_000,
  hello: 15_000,
  tls: 15_000,
  auth: 20_000,
  mail: 20_000,
  rcpt: 20_000,
  reset: 5_000,
};

/**
 * Goes through the conversation up to MAIL (and RCPT, when `to` is given), takes it back, and tells what happened
 * at each step. Sends no message. The transcript has its secrets replaced by `***`.
 */
export async function testConnection(
  options: SmtpOptions,
  envelope: { readonly from: string; readonly to?: string },
  now: () => number = () => performance.now(),
): Promise<ConnectionTest> {
  const transcript: TraceEntry[] = [];
  const begunAt = now();
  const trace = (entry: TraceEntry): void => {
    transcript.push({ ...entry, atMs: entry.atMs - begunAt });
    options.trace?.(entry);
  };
  const opened = await openConversation(
    { ...options, timeouts: { ...patience, ...options.timeouts }, trace },
    now,
  );
  const setback = opened.ok ? await tryEnvelope(opened.talk, envelope) : opened.outcome;
  if (opened.ok) await sayGoodbye(opened.talk);
  return { ...summary(opened.talk, setback, now() - begunAt), transcript };
}

async function tryEnvelope(
  talk: Conversation,
  { from, to }: { readonly from: string; readonly to?: string },
): Promise<Setback | null> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u0020<>]/.test(`${from}${to ?? ''}`)) throw new RangeError('not an address');
  const sender = await talk.ask(`MAIL FROM:<${from}>`, talk.timeouts.mail);
  if (!isAnswer(sender, 250)) return setbackFrom('mail', sender);
  talk.pass('mail');
  if (to === undefined) return null;
  const recipient = await talk.ask(`RCPT TO:<${to}>`, talk.timeouts.rcpt);
  if (!isAnswer(recipient, 250, 251, 252)) return setbackFrom('rcpt', recipient);
  talk.pass('rcpt');
  return null;
}

async function sayGoodbye(talk: Conversation): Promise<void> {
  const reset = await talk.ask('RSET', talk.timeouts.reset);
  if (reset.kind === 'reply') await talk.ask('QUIT', talk.timeouts.quit);
  talk.wire.close();
}

function summary(
  talk: Conversation | null,
  setback: Setback | null,
  totalMs: number,
): Omit<ConnectionTest, 'transcript'> {
  const fine = { ok: true, problem: null, reply: null, error: null };
  const steps: StepResult[] = (talk?.passed ?? []).map((passed) => ({ ...passed, ...fine }));
  const spent = steps.reduce((sum, step) => sum + step.ms, 0);
  if (setback) {
    const { step, problem, reply, error } = setback;
    steps.push({ step, ok: false, ms: Math.max(0, totalMs - spent), problem, reply, error });
  }
  return {
    ok: setback === null,
    steps,
    ip: talk?.ip ?? null,
    tls: talk?.tls ?? null,
    tlsGivenUp: talk?.tlsGivenUp ?? null,
    capabilities: talk?.passed.some((passed) => passed.step === 'hello') ? talk.capabilities : null,
  };
}

import {
  type GrantStanding,
  isProviderSender,
  type Sender,
  type SenderCheck,
  type SmtpGuess,
} from '#domain/senders';
import type { View } from '../kit/index.ts';
import type { SenderModel } from '../screens/settings-senders-model.ts';
import { proofsOf } from './add-sender-codes.ts';
import type { SenderResult } from './sender-results.ts';

/** A sender as the list shows it, with the test just made, or what is known of the last one. */
export function senderModel(
  view: View,
  sender: Sender,
  result: SenderResult | null,
  via: string | null = null,
): SenderModel {
  const { id, name, address, method, state, isDefault } = sender;
  const server = sender.method === 'smtp' ? `${sender.settings.host}:${sender.settings.port}` : null;
  const test = result?.senderId === id ? testNow(view, result) : testBefore(view, sender);
  return {
    id,
    name,
    address,
    method,
    state,
    isDefault,
    server,
    test,
    via,
    limits: limitWords(view, sender),
    proofs: proofsOf(sender),
  };
}

/** Whether the account of a sender at Google or Microsoft has to be connected (again); nothing for all others. */
export function connectionOf(
  sender: Sender,
  grants: ReadonlyMap<string, GrantStanding>,
): Pick<SenderModel, 'connection'> {
  if (!isProviderSender(sender)) return {};
  const state = grants.get(sender.id)?.state ?? 'none';
  const isRefused =
    sender.state === 'broken' && sender.problem !== null && mendedByConsent.has(sender.problem);
  return { connection: state === 'live' && isRefused ? 'ended' : state === 'leaving' ? 'none' : state };
}

/** What a new consent of the account's owner mends. */
const mendedByConsent: ReadonlySet<string> = new Set(['grant_ended', 'token_refused', 'secret_unreadable']);

function limitWords({ t }: View, { limits }: Sender): string | null {
  const said = (['perMinute', 'perHour', 'perDay'] as const).flatMap((name) =>
    limits[name] === null ? [] : [t(`senders.limit.${name}.said`, { count: limits[name] })],
  );
  return said.length > 0 ? said.join(', ') : null;
}

/** The sentence for what a server's refusal or a broken line means. */
export function problemSentence({ t }: View, problem: string, address: string): string {
  const key = `reason.${problem}`;
  return t.has(key) ? t(key, { address, count: 0 }) : t('reason.unknown', { reason: problem });
}

/** What a server does not take now and e-mails to customers are tried again for; a test is not, so its sentence asks for another one. */
const passing: ReadonlySet<string> = new Set([
  'answer_timeout',
  'closed_by_server',
  'network_error',
  'over_limit',
  'provider_unreachable',
  'rate_limited',
  'refused_for_now',
  'server_busy',
  'stopped_here',
]);

function testSentence(view: View, problem: string, address: string): string {
  if (problem === 'greylisted') return view.t('senders.test.greylisted');
  return passing.has(problem) ? view.t('senders.test.later') : problemSentence(view, problem, address);
}

/** The same for a test; whose certificate was shown is said by name. */
export function checkSentence(
  view: View,
  { problem, tls }: Pick<SenderCheck, 'problem' | 'tls'>,
  address: string,
): string {
  const names = tls?.names.slice(0, 3) ?? [];
  if (problem !== 'certificate_name' || names.length === 0)
    return testSentence(view, problem ?? 'protocol_error', address);
  return view.t('senders.certificateNames', { names: view.format.list(names) });
}

/** What is to be known about the provider of a guessed server. */
export function guessNote({ t }: View, guess: SmtpGuess): string {
  return [
    guess.provider ? t('senders.guessed.provider', { provider: guess.provider }) : null,
    guess.needs ? t(`senders.need.${guess.needs}`) : t('senders.guessed'),
  ]
    .filter(Boolean)
    .join(' ');
}

function testNow(view: View, { check, at, to }: SenderResult): SenderModel['test'] {
  return {
    good: check.works,
    at,
    sentence: sentenceOf(view, check, to ?? ''),
    serverWords: serverWords(check),
    transcript: transcriptOf(check),
  };
}

function sentenceOf(view: View, check: SenderCheck, to: string): string {
  const { t } = view;
  const { works, testMail } = check;
  if (!works) return checkSentence(view, check, to);
  if (!testMail) return t('senders.works');
  if (testMail.accepted) return t('senders.works.testSent', { address: to });
  const reason = testSentence(view, testMail.problem ?? 'refused', to);
  return t('senders.works.testRefused', { address: to, reason });
}

/** What the server said last: to the test mail, or where the conversation failed. */
function serverWords({ testMail, steps }: SenderCheck): string | null {
  if (testMail) return testMail.answer || null;
  const failed = steps.at(-1);
  if (!failed || failed.ok) return null;
  if (failed.reply) return failed.reply.lines.map((line) => `${failed.reply?.code} ${line}`).join('\n');
  return failed.error?.message ?? null;
}

const marks = { client: '→', server: '←', note: '·' } as const;
const longestTranscript = 20_000;

function transcriptOf({ transcript }: SenderCheck): string {
  const lines = transcript.map(({ from, text }) => `${marks[from]} ${text.trimEnd()}`);
  return lines.join('\n').slice(0, longestTranscript);
}

function testBefore(view: View, sender: Sender): SenderModel['test'] {
  if (sender.method === 'sandbox' || sender.checkedAt === null || sender.problem === 'address_not_confirmed')
    return null;
  const good = sender.state === 'valid';
  const sentence = good
    ? view.t('senders.works.before')
    : problemSentence(view, sender.problem ?? 'protocol_error', sender.address);
  return { good, at: sender.checkedAt, sentence, serverWords: null };
}

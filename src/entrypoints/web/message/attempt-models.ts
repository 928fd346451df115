import {
  type Attempt,
  dnsAnswersOf,
  listAttempts,
  type Message,
  type OutboxTables,
  readDnsFacts,
} from '#domain/outbox';
import { describeDns } from '#mail/dns';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { AttemptModel } from '../screens/message-model.ts';

/** The attempts of a message with the servers' words, first one first. */
export async function attemptModels(
  tx: Tx<OutboxTables>,
  view: View,
  message: Message,
): Promise<AttemptModel[]> {
  const attempts = await listAttempts(tx, message.companyId, message.id);
  const hashes = attempts.flatMap((attempt) => attempt.dns ?? []);
  const answers = await dnsAnswersOf(tx, message.companyId, hashes);
  return attempts.map((attempt, at) => ({
    number: attempt.number,
    at: attempt.started_at,
    outcome: attempt.outcome,
    server: serverOf(attempt),
    tls: tlsWords(view, attempt),
    inTheClear: inTheClearWords(view, attempt),
    durationMs: attempt.ended_at ? attempt.ended_at.getTime() - attempt.started_at.getTime() : null,
    nextTryAt: at === attempts.length - 1 && message.delivery === 'deferred' ? message.dueAt : null,
    serverWords: attempt.reply,
    dns: dnsWords(attempt, answers),
    problem: attempt.outcome === 'accepted' ? null : problemWords(view, attempt, message.address),
  }));
}

function serverOf({ host, ip }: Attempt): string | null {
  return host && ip && host !== ip ? `${host} [${ip}]` : (host ?? ip);
}

function tlsWords({ t }: View, { tls, host }: Attempt): string | null {
  if (!tls) return host && host !== 'sandbox' ? t('attempt.plain') : null;
  const protocol = (tls.protocol ?? 'TLS').replace('TLSv', 'TLS ');
  return t(tls.authorized ? 'attempt.tls.valid' : 'attempt.tls.invalid', { protocol });
}

function inTheClearWords({ t }: View, { tls_given_up: gone }: Attempt): AttemptModel['inTheClear'] {
  return gone && { words: t(`attempt.inTheClear.${gone.why}`), said: gone.said };
}

function problemWords({ t }: View, { problem }: Attempt, address: string): string | null {
  const key = `reason.${problem ?? ''}`;
  return t.has(key) ? t(key, { address, count: 1 }) : null;
}

/** What the DNS said at this try, line by line; null where it was not asked or is no longer kept. */
function dnsWords({ dns }: Attempt, answers: ReadonlyMap<string, string>): string | null {
  const kept = (dns ?? []).flatMap((hash) => answers.get(hash) ?? []);
  return kept.length === 0 ? null : kept.flatMap((raw) => describeDns(readDnsFacts(raw))).join('\n');
}

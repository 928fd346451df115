import { openSecret, sealSecret } from '#base/crypto';
import {
  answerIdempotencyKey,
  type Claim,
  claimIdempotencyKey,
  releaseIdempotencyKey,
} from '#domain/accounts';
import { type Answer, type Refusal, refuse } from './answer.ts';
import { type ApiTx, type Call, inOwnCompany } from './call.ts';

/** How long a program waits before it asks again for an answer that is being worked on, in seconds. */
const retryAfterSeconds = '1';

/**
 * Does the work of a POST in one transaction with the claim of its idempotency key and the answer kept for it: all of it
 * happens, or none. The same request again, also at the same moment, gets the first one's answer. A refusal undoes everything
 * and leaves the key free.
 */
export async function once<Json>(
  call: Call,
  work: (tx: ApiTx) => Promise<Answer<Json>>,
): Promise<Answer<Json>> {
  const { claim } = call;
  return orNothing(call, async (tx) => {
    if (!claim) return work(tx);
    const claimed = await claimIdempotencyKey(tx, { companyId: call.companyId, ...claim }, call.now);
    if (claimed.kind !== 'claimed') return answerOf(call, claimed);
    const answer = await work(tx);
    await keepAnswer(tx, call, answer);
    return answer;
  });
}

/**
 * The same for work that cannot be in one transaction, because it talks to a server or writes files: the key is claimed
 * before and answered after it, and given back when the work is refused or fails.
 */
export async function onceAround<Json>(call: Call, work: () => Promise<Answer<Json>>): Promise<Answer<Json>> {
  const { claim, companyId } = call;
  if (!claim) return work();
  const claimed = await inOwnCompany(call, (tx) =>
    claimIdempotencyKey(tx, { companyId, ...claim }, call.now),
  );
  if (claimed.kind !== 'claimed') return answerOf(call, claimed);
  let isKept = false;
  try {
    const answer = await work();
    if (answer.kind !== 'refusal') {
      await inOwnCompany(call, (tx) => keepAnswer(tx, call, answer));
      isKept = true;
    }
    return answer;
  } finally {
    if (!isKept) await inOwnCompany(call, (tx) => releaseIdempotencyKey(tx, { companyId, key: claim.key }));
  }
}

class Undone extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Runs `work` in the company's transaction; a refusal undoes whatever was written before it. */
export async function orNothing<Json>(
  call: Call,
  work: (tx: ApiTx) => Promise<Answer<Json>>,
): Promise<Answer<Json>> {
  try {
    return await inOwnCompany(call, async (tx) => {
      const answer = await work(tx);
      if (answer.kind === 'refusal') throw new Undone(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

function answerOf(call: Call, claim: Exclude<Claim, { kind: 'claimed' }>): Answer<never> {
  if (claim.kind === 'answered')
    return { kind: 'replayed', status: claim.status, text: openAnswer(call, claim.answer) };
  return claim.kind === 'other_body'
    ? refuse('idempotency_key_reused')
    : refuse('request_in_flight', { headers: { 'retry-after': retryAfterSeconds } });
}

async function keepAnswer(tx: ApiTx, call: Call, answer: Answer): Promise<void> {
  if (!call.claim) return;
  const kept = { companyId: call.companyId, key: call.claim.key };
  if (answer.kind === 'json') {
    const sealed = sealAnswer(call, JSON.stringify(answer.json));
    await answerIdempotencyKey(tx, { ...kept, status: answer.status, answer: sealed });
  }
  if (answer.kind === 'empty') await answerIdempotencyKey(tx, { ...kept, status: 204, answer: '' });
}

const sealedMark = 'sealed:';

/** Answers may hold what is shown once, such as a new API key: they rest sealed with the installation's key, each for its own claim. */
function sealAnswer(call: Call, text: string): string {
  return sealedMark + sealSecret(call.needs.senders.key, purposeOf(call), text).toString('base64');
}

/** Answers of before were kept as they are, for a day. */
function openAnswer(call: Call, kept: string): string {
  if (!kept.startsWith(sealedMark)) return kept;
  const sealed = Buffer.from(kept.slice(sealedMark.length), 'base64');
  return openSecret(call.needs.senders.key, purposeOf(call), sealed);
}

function purposeOf({ companyId, claim }: Call): string {
  return `answer ${companyId} ${claim?.key}`;
}

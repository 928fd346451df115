import type { SMTPServerDataStream } from 'smtp-server';
import { limits } from './limits.ts';
import { type Refused, refusals } from './reply.ts';

/** Counts the bytes that all conversations hold at once. */
export interface Budget {
  used: number;
}

/**
 * Reads a mail to its end and calls `take` with it; what is too big, or too much at once, is read without being kept and refused.
 * The bytes count against the budget until `take` is done with them.
 */
export async function collect(
  stream: SMTPServerDataStream,
  budget: Budget,
  take: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  const chunks: Buffer[] = [];
  let held = 0;
  let refusal: Refused | null = null;
  const drop = (reason: Refused): void => {
    refusal ??= reason;
    chunks.length = 0;
    budget.used -= held;
    held = 0;
  };
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (refusal) continue;
      held += chunk.length;
      budget.used += chunk.length;
      chunks.push(chunk);
      if (held > limits.bytes) drop(refusals.tooBig());
      else if (budget.used > limits.bytesInAll) drop(refusals.busy());
    }
    if (refusal) throw refusal;
    await take(Buffer.concat(chunks));
  } finally {
    budget.used -= held;
  }
}

import type { Context, Hono } from 'hono';
import { newestCheckpoint } from '#domain/evidence';
import { asWorker } from '#stores/database';
import { certificatePem, type KeyRing } from '#stores/keys';
import type { Portal } from './portal-deps.ts';

/**
 * What anybody may know about the log of this installation: its newest signed checkpoint (C2SP tlog-checkpoint), the keys that sign
 * checkpoints, and the certificate behind the seals. None of it tells who sent what to whom.
 */
export function addLog(app: Hono, deps: Portal): void {
  app.get('/log/checkpoint', async (c) => {
    const newest = await asWorker(deps.database, newestCheckpoint);
    return newest ? answerText(c, newest.note) : c.body(null, 404);
  });
  app.get('/log/keys', (c) => answerText(c, `${deps.keys.logVerifiers.join('\n')}\n`));
  app.get('/log/root.pem', (c) => answerText(c, rootsOf(deps.keys)));
}

/** The root of today first, then those of before: what was sealed under them still leads there. */
function rootsOf({ root, roots }: KeyRing): string {
  return [...new Set([root, ...roots].map(certificatePem))].join('');
}

function answerText(c: Context, text: string): Response {
  c.header('Cache-Control', 'no-store');
  c.header('Access-Control-Allow-Origin', '*');
  return c.text(text);
}

import type { SMTPServerDataStream } from 'smtp-server';
import type { SubmissionLogin } from '#domain/accounts';
import { receiveMail } from '#domain/intake';
import { DatabaseUnavailable } from '#stores/database';
import { StorageFull } from '#stores/files';
import { type Reply, refusalOf } from './replies.ts';
import type { SubmissionNeeds } from './submission-needs.ts';

export type Handled =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reply: Reply };

/** Takes a mail in. `ok` means that documents, messages and files are on the disk: only then may 250 be said. */
export async function handleMail(
  needs: SubmissionNeeds,
  login: SubmissionLogin,
  recipients: readonly string[],
  stream: SMTPServerDataStream,
): Promise<Handled> {
  const bytes = await readAll(stream);
  if (bytes === null)
    return {
      ok: false,
      reply: { code: 552, text: `5.3.4 A mail may have ${needs.maxBytes} bytes at most.` },
    };
  try {
    const received = await receiveMail(needs, { login, recipients, bytes }, needs.clock());
    if (!received.ok) return { ok: false, reply: refusalOf(received) };
    const what = received.isAgain ? 'Known already, sent once' : 'Queued';
    return { ok: true, text: `2.0.0 ${what} as ${received.dispatchId ?? 'documents'}` };
  } catch (error) {
    needs.log.error({ err: error, login: login.id }, 'a mail could not be taken in');
    return { ok: false, reply: failureOf(error) };
  }
}

/** The client keeps the mail and tries again: 4xx is the truth for everything that is our fault. */
function failureOf(error: unknown): Reply {
  if (error instanceof StorageFull)
    return { code: 452, text: '4.3.1 There is no room left here. It can be tried again later.' };
  return error instanceof DatabaseUnavailable
    ? { code: 451, text: '4.3.0 The database cannot be reached just now. Try again later.' }
    : { code: 451, text: '4.3.0 Something went wrong here. Try again later.' };
}

/** The whole mail, or null when it is larger than the server allows; the rest is read away, as the client sends it anyway. */
async function readAll(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(Buffer.from(chunk as Uint8Array));
  }
  return stream.sizeExceeded ? null : Buffer.concat(chunks);
}

import { shownMobile } from '#base/phone';
import { hour } from '#base/time';
import { record } from '#domain/evidence';
import { asWorker } from '#stores/database';
import { mayAsk } from './ask-limit.ts';
import { makeCode } from './code.ts';
import { delegateFacts, type Held } from './delegate.ts';
import type { CodeChannel } from './delivery.ts';
import { type CodeSent, mailCode, textCode } from './hand-over-code.ts';
import type { RegisteredDeps } from './registered-deps.ts';

const textsPerNumber = 6; // an hour

/**
 * Makes a code for this browser and sends it to the mailbox that the link went to, or as a text message to the number that the sender had noted; never
 * anywhere else. What came of it is recorded, a thrown error as a failure. Where there is no number, or no gateway, it goes to the mailbox.
 */
export async function sendCode(
  deps: RegisteredDeps,
  of: { readonly held: Held; readonly session: string; readonly asked: CodeChannel },
  now: Date,
): Promise<void> {
  const { held, session, asked } = of;
  const mobile = asked === 'sms' ? mobileOf(deps, held) : null;
  const channel = mobile ? 'sms' : 'email';
  const { companyId } = held.delivery;
  const to = { messageId: held.linkMessageId, companyId, session, channel } as const;
  const code = await asWorker(deps.database, (tx) => makeCode(tx, deps.linkKey, to, now));
  let sent: CodeSent = { isSent: false };
  try {
    if (!mobile) sent = await mailCode(deps, held, code, now);
    else if (await mayText(deps, mobile, now)) sent = await textCode(deps, held, mobile, code);
  } finally {
    // Also when an error is thrown on the way: the history must not be silent about a code that never came.
    await recordCode(deps, held, { ...sent, channel, mobile }, now);
  }
}

async function recordCode(
  { database }: RegisteredDeps,
  { delivery, delegate }: Held,
  {
    isSent,
    data,
    personal,
    channel,
    mobile,
  }: CodeSent & {
    readonly channel: CodeChannel;
    readonly mobile: string | null;
  },
  at: Date,
): Promise<void> {
  const { companyId, dispatchId, messageId } = delivery;
  await asWorker(database, (tx) =>
    record(tx, [
      {
        ...{ companyId, dispatchId, messageId, at, actor: 'system' as const },
        type: isSent ? ('code.sent' as const) : ('code.failed' as const),
        data: { channel, ...data, ...delegateFacts(delegate).data },
        personal: { ...personal, ...(mobile ? { mobile: shownMobile(mobile) } : {}) },
      },
    ]),
  );
}

/** Over all deliveries of the installation: nobody's phone rings all day, and nobody pays for it. */
function mayText({ database, linkKey }: RegisteredDeps, mobile: string, now: Date): Promise<boolean> {
  const ask = { kind: 'texts_to_number', of: mobile, times: textsPerNumber, windowMs: hour } as const;
  return asWorker(database, (tx) => mayAsk(tx, linkKey, ask, now));
}

/** The number that a code of this link may go to; null: the mailbox alone. A delegate's number is unknown. */
export function mobileOf(
  { texts }: Pick<RegisteredDeps, 'texts'>,
  { delivery, delegate }: Held,
): string | null {
  return texts && !delegate ? delivery.mobile : null;
}

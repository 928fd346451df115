import { z } from '@hono/zod-openapi';
import { type Finding, longestSource, type SelfTestStanding, testWays } from '#domain/returns';
import { emailAddress, instant, iso, maybeInstant, maybeIso } from './common.ts';

const way = z.enum(testWays).openapi({
  description:
    'how it is seen again: `return_host`: by the server of this installation for what comes back; `mailbox`: in the mailbox of the sender that is read by IMAP; `pasted`: by its source, which you send',
});

export const selfTestOrder = z
  .strictObject({
    way: way.optional().openapi({ description: 'absent: the one that tells most' }),
    to: emailAddress.optional().openapi({ description: 'with `pasted`: where the test mail goes' }),
  })
  .openapi('SelfTestOrder');

export const selfTestSource = z
  .strictObject({
    source: z.string().max(longestSource).openapi({
      description: 'the test mail as it arrived, or its headers alone; it is read and not kept',
    }),
  })
  .openapi('SelfTestSource');

const finding = z.object({
  verdict: z.enum(['kept', 'wrapped', 'changed', 'missing', 'unknown']).openapi({
    description: '`wrapped`: changed, but leads back (SRS, BATV); `unknown`: it could not be seen',
  }),
  sent: z.string(),
  found: z.string().nullable(),
});

export const selfTestShape = z
  .object({
    id: z.string(),
    senderId: z.string(),
    way,
    to: z.string(),
    state: z.enum(['waiting', 'arrived', 'not_sent', 'came_back']),
    answer: z.string().nullable().openapi({ description: 'what a server said where it did not arrive' }),
    findings: z
      .object({
        envelopeFrom: finding,
        header: finding,
        messageId: finding,
        from: finding,
        signature: z.object({
          result: z.enum(['pass', 'fail', 'none', 'unknown']),
          domain: z.string().nullable(),
          aligned: z.boolean(),
        }),
      })
      .nullable(),
    bounces: z
      .enum([
        'return_path',
        'header',
        'message_id',
        'recipient',
        'mailbox_unread',
        'elsewhere',
        'no_return_host',
        'unknown',
      ])
      .nullable()
      .openapi({
        description:
          'by what a bounce will find its mail; `mailbox_unread`, `elsewhere`, `no_return_host`: it is not seen here; null until the test has arrived',
      }),
    answers: z.enum(['address', 'message_id', 'recipient', 'unseen']).nullable(),
    isStale: z.boolean().openapi({ description: 'address or server are others by now: test again' }),
    sentAt: instant,
    endedAt: maybeInstant,
  })
  .openapi('SelfTest');

/** A self-test as programs see it. */
export function showSelfTest({ test, foresight, isStale }: SelfTestStanding): z.input<typeof selfTestShape> {
  const { id, senderId, to, state, answer, findings, sent } = test;
  const shown = (one: Finding, was: string) => ({ verdict: one.verdict, sent: was, found: one.found });
  return {
    id,
    senderId,
    way: test.way,
    to,
    state,
    answer,
    findings: findings && {
      envelopeFrom: shown(findings.envelopeFrom, sent.envelopeFrom),
      header: shown(findings.header, sent.mark),
      messageId: shown(findings.messageId, sent.messageId),
      from: shown(findings.from, sent.from),
      signature: findings.signature,
    },
    bounces: foresight?.bounces ?? null,
    answers: foresight?.answers ?? null,
    isStale,
    sentAt: iso(test.sentAt),
    endedAt: maybeIso(test.endedAt),
  };
}

import type { Finding, Foresight, SelfTestStanding, Verdict } from '#domain/returns';
import type { Sender } from '#domain/senders';
import type { NoteState, View } from '../kit/index.ts';
import type { FactModel, SelfTestModel } from '../screens/settings-self-test.tsx';

type Last = NonNullable<SelfTestModel['last']>;

/** The newest self-test of a sender in words: what was compared, and what follows. */
export function lastModel(view: View, sender: Sender, standing: SelfTestStanding): Last {
  const { test, foresight, isStale } = standing;
  return {
    at: test.sentAt,
    state: test.state,
    way: test.way,
    to: test.to,
    serverWords: test.answer || null,
    isStale,
    facts: test.findings ? factsOf(view, standing) : [],
    consequences: foresight ? consequencesOf(view, sender, standing, foresight) : [],
  };
}

/** What will be seen of the failures of a sender's e-mails, in one sentence; null until it is known. */
export function foreseenBounces(
  { t }: View,
  sender: Sender,
  { test, foresight }: SelfTestStanding,
): { readonly state: NoteState; readonly sentence: string } | null {
  if (!foresight || !test.findings) return null;
  const { bounces } = foresight;
  const found = test.findings.envelopeFrom.found ?? '';
  return {
    state: bounceStates[bounces],
    sentence: t(`selftest.bounces.${bounces}`, { address: sender.address, found }),
  };
}

const bounceStates: Readonly<Record<Foresight['bounces'], NoteState>> = {
  return_path: 'opened',
  header: 'opened',
  message_id: 'opened',
  recipient: 'unconfirmed',
  mailbox_unread: 'unconfirmed',
  elsewhere: 'failed',
  no_return_host: 'failed',
  unknown: 'unconfirmed',
};

const answerStates: Readonly<Record<Foresight['answers'], NoteState>> = {
  address: 'opened',
  message_id: 'opened',
  recipient: 'unconfirmed',
  unseen: 'unconfirmed',
};

function consequencesOf(
  view: View,
  sender: Sender,
  standing: SelfTestStanding,
  { answers, bounces }: Foresight,
) {
  const failures = foreseenBounces(view, sender, standing);
  const canConnect = sender.method === 'smtp' && bounces === 'mailbox_unread';
  return [
    ...(failures ? [{ ...failures, mailbox: canConnect }] : []),
    { state: answerStates[answers], sentence: view.t(`selftest.answers.${answers}`), mailbox: false },
  ];
}

const verdictStates: Readonly<Record<Verdict, FactModel['state']>> = {
  kept: 'opened',
  wrapped: 'opened',
  changed: 'failed',
  missing: 'failed',
  unknown: 'unconfirmed',
};

function factsOf(view: View, { test: { sent, findings } }: SelfTestStanding): FactModel[] {
  const { t } = view;
  if (!findings) return [];
  const fact = (name: 'envelopeFrom' | 'header' | 'messageId' | 'from', was: string): FactModel => {
    const { verdict, found }: Finding = findings[name];
    return {
      title: t(`selftest.fact.${name}`),
      verdict: t(`selftest.verdict.${verdict}`),
      state: verdictStates[verdict],
      sent: was,
      found: verdict === 'kept' ? null : found,
    };
  };
  return [
    fact('envelopeFrom', sent.envelopeFrom),
    fact('header', sent.mark),
    fact('messageId', sent.messageId),
    fact('from', sent.from),
    signatureFact(view, findings.signature),
  ];
}

function signatureFact(
  { t }: View,
  { result, domain, aligned }: NonNullable<SelfTestStanding['test']['findings']>['signature'],
): FactModel {
  const word = result === 'pass' && !aligned ? 'other' : result;
  const states = {
    pass: 'opened',
    other: 'unconfirmed',
    fail: 'failed',
    none: 'unconfirmed',
    unknown: 'unconfirmed',
  } as const;
  return {
    title: t('selftest.fact.signature'),
    verdict: t(`selftest.signature.${word}`),
    state: states[word],
    sent: null,
    found: domain,
  };
}

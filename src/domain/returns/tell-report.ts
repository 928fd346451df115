import type { EventData, Fact } from '#domain/evidence';
import type { Message, Reported, ReportedFate } from '#domain/outbox';
import { addressKey } from '#mail/address';
import type { CheckedSignature } from '#mail/dkim';
import type { RecipientAction, Report, ReportRecipient } from '#mail/report';
import type { MatchedBy, ReturnedMail } from './returned-mail.ts';

/** A mail that was read and whose message was found. */
export interface ReadReturn {
  readonly mail: Pick<ReturnedMail, 'id' | 'sha256' | 'via'>;
  readonly report: Report;
  readonly by: MatchedBy;
  readonly signature: CheckedSignature;
}

/** What is told of one message: how it settles, and a digest that tells the same news apart from other news. */
export interface Telling {
  readonly message: Message;
  readonly reported: Reported;
  /** Parts by which the same news is known again. */
  readonly news: readonly string[];
}

type About = Pick<Reported, 'fate' | 'failure' | 'permanent'> & {
  readonly type: Fact['type'];
  readonly data: NonNullable<Fact['data']>;
  readonly personal: NonNullable<Fact['personal']>;
};

/**
 * Works out what a mail tells of its message and, where it speaks of more recipients, of the other messages of the same
 * dispatch. Through a return path it is believed about that one message only.
 */
export function tellReport(
  read: ReadReturn,
  message: Message,
  others: readonly Message[],
): readonly Telling[] {
  const { report } = read;
  const isDelivery = report.recipients.some(({ action }) => action !== null);
  if (!isDelivery) {
    const about = aboutWhole(read);
    return about ? [toTelling(read, message, about)] : [];
  }
  const rest = read.by === 'verp' ? [] : others.filter((one) => one.id !== message.id);
  const tellings = rest.flatMap((other) => {
    const own = report.recipients.find((one) => isTo(other, one));
    return own?.action ? [toTelling(read, other, aboutRecipient(own, own.action, report))] : [];
  });
  const own = recipientOf(report, message, rest);
  return own?.action
    ? [toTelling(read, message, aboutRecipient(own, own.action, report)), ...tellings]
    : tellings;
}

function isTo(message: Message, recipient: ReportRecipient): boolean {
  return addressKey(message.address) === addressKey(recipient.address);
}

const gravity: Readonly<Record<RecipientAction, number>> = {
  failed: 4,
  delayed: 3,
  expanded: 2,
  relayed: 1,
  delivered: 0,
};

/** The recipient of the report that is this message's: by address; else the gravest of those that are nobody else's (an alias). */
function recipientOf(
  report: Report,
  message: Message,
  others: readonly Message[],
): ReportRecipient | undefined {
  const own = report.recipients.find((one) => isTo(message, one));
  if (own) return own;
  const unknown = report.recipients.filter((one) => !others.some((other) => isTo(other, one)));
  return unknown.toSorted((a, b) => gravity[b.action ?? 'delivered'] - gravity[a.action ?? 'delivered'])[0];
}

const fates: Readonly<Record<RecipientAction, readonly [ReportedFate, Fact['type']]>> = {
  failed: ['failed', 'message.bounced'],
  delayed: ['moved_on', 'message.delayed'],
  delivered: ['arrived', 'message.accepted'],
  relayed: ['moved_on', 'message.relayed'],
  expanded: ['moved_on', 'message.expanded'],
};

function aboutRecipient(own: ReportRecipient, action: RecipientAction, report: Report): About {
  const [fate, type] = fates[action];
  const failure = action === 'failed' ? (own.class ?? 'unknown') : null;
  return {
    fate,
    type,
    failure,
    permanent: own.permanent,
    data: {
      // A delay is no failure yet: the words for failures would frighten.
      ...(own.class && action === 'failed' ? { problem: own.class } : {}),
      ...(own.status ? { enhanced: own.status } : {}),
      ...(own.smtpCode ? { code: own.smtpCode } : {}),
      ...(action === 'failed' ? { permanent: own.permanent } : {}),
      ...(report.recipients.length > 1 ? { recipients: report.recipients.length } : {}),
    },
    personal: { reported: own.address, ...(own.diagnostic ? { reply: own.diagnostic } : {}) },
  };
}

/** Mails that speak of their message as a whole: complaints, receipts and answers. */
function aboutWhole({ report }: ReadReturn): About | null {
  const { origin } = report;
  const writer: EventData = {
    from: origin.from.address,
    ...(origin.from.name ? { name: origin.from.name } : {}),
    subject: origin.subject,
  };
  const text: EventData = report.text ? { text: report.text } : {};
  const nothing = { fate: 'moved_on', failure: null, permanent: false } as const;
  switch (report.kind) {
    case 'complaint':
      // RFC 6591: a machine tells of a failed authentication; nobody has complained.
      if (report.feedbackType === 'auth-failure') return null;
      return {
        ...nothing,
        fate: 'complained',
        failure: 'complaint',
        type: 'message.complained',
        data: { feedback: report.feedbackType ?? 'abuse' },
        personal: {},
      };
    case 'read_receipt': {
      const { type = 'unknown', byHand = false } = report.disposition ?? {};
      return {
        ...nothing,
        type: 'message.receipt_returned',
        data: { disposition: type, byHand },
        personal: writer,
      };
    }
    case 'auto_reply': {
      const data: EventData = report.absentUntil ? { absentUntil: report.absentUntil } : {};
      return { ...nothing, type: 'message.auto_replied', data, personal: { ...writer, ...text } };
    }
    case 'reply':
      return {
        ...nothing,
        fate: 'replied',
        type: 'message.replied',
        data: {},
        personal: { ...writer, ...text },
      };
    default:
      return null;
  }
}

const byPeople: ReadonlySet<Fact['type']> = new Set(['message.replied']);

function toTelling(read: ReadReturn, message: Message, about: About): Telling {
  const { mail, report, by, signature } = read;
  const { type, data, personal, ...settling } = about;
  const id = report.origin.messageId;
  return {
    message,
    news: id
      ? [type, id]
      : [type, String(data['enhanced'] ?? ''), String(personal['reply'] ?? personal['text'] ?? mail.sha256)],
    reported: {
      ...settling,
      companyId: message.companyId,
      messageId: message.id,
      fact: {
        type,
        actor: byPeople.has(type) ? 'person' : 'server',
        certainty: by === 'recipient' ? 'probable' : 'certain',
        data: cleaned({
          ...data,
          by: 'report',
          matchedBy: by,
          via: mail.via,
          ...(report.dialect ? { dialect: report.dialect } : {}),
          returnedMail: mail.id,
          mailSha256: mail.sha256,
          dkim: signature.result,
          ...(signature.domain ? { dkimDomain: signature.domain, dkimAligned: signature.aligned } : {}),
          ...(signature.keys ? { dnsSha256: [signature.keys.sha256] } : {}),
        }),
        personal: cleaned(personal),
      },
    },
  };
}

/** Texts from outside as events can hold them: no NUL (the database has no place for it), no half of a surrogate pair. */
function cleaned(data: EventData): EventData {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string' ? Buffer.from(value.replaceAll('\0', '\ufffd')).toString() : value,
    ]),
  );
}

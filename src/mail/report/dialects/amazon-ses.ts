import type { Dialect, Notice } from '../dialect.ts';

/** Notifications about bounces that Amazon SNS sends as mails; what follows the JSON (unsubscribe links) is left. */
export const amazonSes: Dialect = {
  name: 'amazon_ses',
  source: 'docs.aws.amazon.com/ses: contents of Amazon SNS notifications (bounce, delivery)',
  recognise: (mail) =>
    mail.header('x-amz-sns-message-id') !== '' ||
    mail.lines.some((line) => /"notificationType|"eventType/.test(line)),
  read: (mail) => {
    const text = mail.text;
    const start = text.indexOf('{');
    const end = text.lastIndexOf('}');
    return start < 0 || end < start ? [] : readNotification(text.slice(start, end + 1), 2);
  },
};

/** `depth`: the notification is a string inside the envelope that SNS puts around it. */
function readNotification(json: string, depth: number): readonly Notice[] {
  const value = parse(json) ?? parse(json.replace(/[\r\n]+/g, ''));
  if (!isObject(value) || depth === 0) return [];
  if (typeof value['Message'] === 'string') return readNotification(value['Message'], depth - 1);
  const bounce = value['bounce'];
  const delivery = value['delivery'];
  if (isObject(bounce) && Array.isArray(bounce['bouncedRecipients']))
    return bounce['bouncedRecipients'].slice(0, 500).flatMap(readBounced);
  if (isObject(delivery) && Array.isArray(delivery['recipients'])) {
    const diagnostic = textOf(delivery['smtpResponse']);
    return delivery['recipients'].slice(0, 500).flatMap((address) => delivered(address, diagnostic));
  }
  return [];
}

function readBounced(recipient: unknown): readonly Notice[] {
  if (!isObject(recipient) || typeof recipient['emailAddress'] !== 'string') return [];
  const status = /^[245]\.\d{1,3}\.\d{1,3}$/.exec(textOf(recipient['status']))?.[0];
  return [
    {
      address: recipient['emailAddress'].slice(0, 512),
      action: recipient['action'] === 'delayed' ? 'delayed' : 'failed',
      diagnostic: textOf(recipient['diagnosticCode']).replace(/^smtp;\s*/i, ''),
      ...(status ? { status } : {}),
    },
  ];
}

const delivered = (address: unknown, diagnostic: string): readonly Notice[] =>
  typeof address === 'string' ? [{ address: address.slice(0, 512), action: 'delivered', diagnostic }] : [];

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 4000) : '');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

import { addressesIn, isSystemAddress, openingAddress, sameMailbox } from '../addresses.ts';
import type { Dialect, Notice } from '../dialect.ts';
import type { ReportMail } from '../report-mail.ts';
import { deliverySubject, isFromMailSystem } from '../report-marks.ts';
import { containsAny, failedHeader, joinWords, readBlocks, returnedTo } from '../text-dialect.ts';

/** Sentences that programs write above the addresses, in the languages in which reports were seen; lower case. */
const openings: readonly string[] = [
  'could not be delivered',
  "couldn't be delivered",
  'cannot be delivered',
  'was not delivered',
  "wasn't delivered",
  'not be delivered',
  'unable to deliver',
  'undeliverable',
  'undelivered',
  'delivery failed',
  'delivery failure',
  'delivery has failed',
  'delivery to the following',
  'delevery to the following',
  'failed to deliver',
  'failed permanently',
  'permanent error',
  'permanent fatal error',
  'had delivery errors',
  'had delivery problems',
  'delivery errors',
  'error delivering',
  'an error occurred while trying to deliver',
  'was rejected by',
  'has been rejected',
  'returned to sender',
  'returning to sender',
  'returned mail',
  'failed addresses',
  'no valid recipients',
  'trouble delivering',
  'did not reach',
  'user unknown',
  'unknown user',
  'mailbox full',
  'konnte nicht zugestellt werden',
  'nicht zugestellt',
  'unzustellbar',
  "n'a pas pu être",
  "n'a pu être",
  'non distribu',
  'no pudo ser entregado',
  'no se pudo entregar',
  'non è stato possibile',
  'non recapitabile',
  'niet worden bezorgd',
  'não pôde ser entregue',
  'не может быть доставлен',
  'не удалось доставить',
  '配信できません',
  '送信できません',
  '送信に失敗',
  'お届けできません',
];

/**
 * The last resort: a mail system wrote it, its subject or its words say that something was not delivered, and an
 * address can be found. A program that calls itself an automatic *reply* (RFC 3834 §5) is believed.
 */
export const plainText: Dialect = {
  name: 'plain_text',
  source:
    'RFC 3461 §6.2 (reports come from the mail system, with an empty return path); wording used by many servers',
  recognise: (mail) =>
    isFromMailSystem(mail) &&
    !callsItselfReply(mail) &&
    (deliverySubject.test(mail.subject) ||
      mail.lines.slice(0, 60).some((line) => containsAny(line, openings))),
  read: (mail) => {
    const start = mail.lines.findIndex(
      (line) => containsAny(line, openings) && openingAddress(line) === undefined,
    );
    const below = worthNaming(readBlocks(mail.lines.slice(start + 1), {}), mail);
    if (below.length > 0) return below.map((notice) => ({ ...notice, context: joinWords(mail.lines) }));
    const addresses = firstOf(failedHeader(mail), inBoth(mail), returnedTo(mail).slice(0, 1), inWords(mail));
    return addresses.map((address) => ({ address, diagnostic: joinWords(mail.lines) }));
  },
};

const callsItselfReply = (mail: ReportMail): boolean =>
  /^\s*auto-replied/i.test(mail.header('auto-submitted')) && !/^mailer-daemon/i.test(mail.fromAddress);

/** Neither the one to whom the report is sent nor its author, unless nobody else is named. */
function worthNaming(found: readonly Notice[], mail: ReportMail): readonly Notice[] {
  const others = found.filter(({ address }) => !isParty(address, mail));
  return others.length > 0 ? others : found;
}

const isParty = (address: string, mail: ReportMail): boolean =>
  isSystemAddress(address) ||
  sameMailbox(address, mail.fromAddress) ||
  mail.toAddresses.some((to) => sameMailbox(to, address)) ||
  mail.returnedHeaders.some(
    ({ name, value }) => /^from$/i.test(name) && addressesIn(value).includes(address),
  );

/** Addresses in the middle of sentences to which the returned mail was written. */
function inBoth(mail: ReportMail): readonly string[] {
  const sent = returnedTo(mail);
  return inWords(mail).filter((address) => sent.some((one) => sameMailbox(one, address)));
}

/** Addresses in the middle of sentences. */
const inWords = (mail: ReportMail): readonly string[] =>
  [...new Set(mail.lines.flatMap((line) => addressesIn(line)))].filter((address) => !isParty(address, mail));

const firstOf = (...lists: readonly (readonly string[])[]): readonly string[] =>
  lists.find((list) => list.length > 0) ?? [];

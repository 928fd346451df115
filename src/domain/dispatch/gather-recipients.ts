import type { Company } from '#domain/accounts';
import type { Role } from '#domain/outbox';
import { addressKey, parseAddressList } from '#mail/address';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';

/** Somebody who gets the mail. */
export interface Addressee {
  readonly role: Exclude<Role, 'copy' | 'notification'>;
  readonly name: string;
  readonly address: string;
}

interface Proposed {
  readonly to: readonly { name: string; address: string }[];
  readonly cc: readonly { name: string; address: string }[];
}

/** A dispatch is to the people of one customer; a longer list is a mistake or a newsletter. */
const maximumRecipients = 50;

/**
 * Reads the addresses as they were typed, and takes the proposed ones where nothing was typed. The same address twice is
 * written to once, in its first role (To before Cc before Bcc).
 */
export function gatherRecipients(
  request: Pick<DispatchRequest, 'to' | 'cc' | 'bcc'>,
  proposed: Proposed,
  company: Pick<Company, 'defaultCc' | 'defaultBcc'>,
): { addressees: Addressee[]; problems: DispatchProblem[] } {
  const problems: DispatchProblem[] = [];
  const read = (
    path: 'to' | 'cc' | 'bcc',
    typed: readonly string[] | undefined,
    otherwise: readonly { name: string; address: string }[],
  ): Addressee[] => {
    if (typed === undefined) return otherwise.map((one) => ({ role: path, ...one }));
    return typed.flatMap((text) => {
      if (text.trim() === '') return [];
      const list = parseAddressList(text);
      for (const problem of list.problems)
        problems.push({ path, reason: 'address_invalid', value: problem.text });
      return list.addresses.map(({ name, address }) => ({ role: path, name, address }));
    });
  };
  const plain = (addresses: readonly string[]) => addresses.map((address) => ({ name: '', address }));
  const all = [
    ...read('to', request.to, proposed.to),
    ...read('cc', request.cc, [...proposed.cc, ...plain(company.defaultCc)]),
    ...read('bcc', request.bcc, plain(company.defaultBcc)),
  ];
  const addressees = withoutRepeats(all);
  if (!addressees.some((one) => one.role === 'to') && problems.length === 0)
    problems.push({ path: 'to', reason: 'recipient_missing' });
  if (addressees.length > maximumRecipients)
    problems.push({ path: 'to', reason: 'too_many_recipients', value: String(maximumRecipients) });
  return { addressees, problems };
}

function withoutRepeats(addressees: readonly Addressee[]): Addressee[] {
  const known = new Set<string>();
  return addressees.filter(({ address }) => {
    const key = addressKey(address);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

import { parseAddressList } from '#mail/address';

/** A typed list of addresses, one by one; what is none is kept as it was typed, to be refused with its field. */
export function splitAddressList(text: string): string[] {
  if (text.trim() === '') return [];
  const list = parseAddressList(text);
  return [...list.addresses.map((one) => one.address), ...list.problems.map((problem) => problem.text)];
}

import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** What each prefix stands for; an id is `<prefix>_<ULID>`, so ids of one kind sort by the time they were made. */
export const idPrefixes = {
  company: 'com',
  user: 'usr',
  session: 'ses',
  apiKey: 'key',
  document: 'doc',
  file: 'fil',
  customer: 'cus',
  contact: 'con',
  sender: 'snd',
  selfTest: 'tst',
  domain: 'dom',
  domainKey: 'dky',
  dispatch: 'dsp',
  letter: 'ltr',
  message: 'msg',
  attempt: 'att',
  event: 'evt',
  notice: 'ntc',
  hit: 'hit',
  savedView: 'viw',
  frozenPage: 'pag',
  worker: 'wrk',
  submissionLogin: 'sml',
  invitation: 'inv',
  webhook: 'whk',
  webhookDelivery: 'whd',
  template: 'tpl',
  response: 'rsp',
  code: 'cod',
  bankImport: 'bim',
  bankEntry: 'bke',
  run: 'run',
  runLine: 'rln',
  sendRule: 'rul',
  reminderPolicy: 'rpo',
  suppression: 'sup',
  returnedMail: 'ret',
  handOver: 'hnd',
  received: 'rcv',
  houseMail: 'hml',
  bundle: 'bdl',
  companyExport: 'exp',
  providerReceipt: 'rcp',
} as const;

export type IdKind = keyof typeof idPrefixes;

const next = monotonicFactory(nextRandom);

// The generator's own way asks the system for one byte at a time, sixteen times an id: that took longer than all else about a hit.
const pool = Buffer.alloc(4096);
let drawn = pool.length;

/** A number from 0 up to 1, of which the generator uses the upper five bits. */
function nextRandom(): number {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  return (pool[drawn++] ?? 0) / 256;
}

/** Makes a new id of the given kind, for example `doc_01J…`; `now` decides its place in the order. */
export function newId(kind: IdKind, now: Date): string {
  return `${idPrefixes[kind]}_${next(now.getTime())}`;
}

/** Tells whether a string from outside has the form of an id of that kind (it may still not exist). */
export function isId(kind: IdKind, text: string): boolean {
  return new RegExp(`^${idPrefixes[kind]}_[0-9A-HJKMNP-TV-Z]{26}$`).test(text);
}

import { checkAddress } from '#mail/address';
import type { Security } from '#mail/smtp';
import type { AccountRow } from '../provider-table.ts';
import { readRoots } from './check-signature.ts';

/** How mails tell IncaMail what they are. */
export const markings = ['subject', 'header', 'none'] as const;
export type Marking = (typeof markings)[number];

/** An account with IncaMail as people and programs see it; its password is never read back. */
export interface IncamailAccount {
  readonly isActive: boolean;
  readonly senderId: string;
  readonly marking: Marking;
  readonly headerName: string;
  readonly suffix: string;
  readonly receiptsFrom: readonly string[];
  readonly roots: string;
  readonly mostBytes: number;
}

/** What a person or program says about the account. */
export interface IncamailInput {
  readonly isActive: boolean;
  /** The account's e-mail address: mails go out from it and receipts come to it. */
  readonly address: string;
  readonly user: string;
  /** Absent or empty: as it was. */
  readonly password?: string;
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly verifyCertificate: boolean;
  readonly marking: Marking;
  readonly headerName: string;
  readonly suffix: string;
  readonly receiptsFrom: readonly string[];
  readonly roots: string;
  readonly mostBytes: number;
}

export interface IncamailProblem {
  readonly path: keyof IncamailInput;
  readonly reason:
    | 'header_invalid'
    | 'suffix_invalid'
    | 'receipts_from_invalid'
    | 'roots_invalid'
    | 'size_invalid'
    | 'marking_missing';
}

const megabyte = 2 ** 20;
/** Larger mails than that no server of anybody takes. */
const mostMegabytes = 100;
const longestRoots = 100_000;
const domainForm = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** What is wrong with the parts that are about IncaMail itself; server and password are the sender's. */
export function incamailProblems(input: IncamailInput): IncamailProblem[] {
  const { marking, headerName, suffix, receiptsFrom, roots, mostBytes } = input;
  const rules: readonly (readonly [boolean, IncamailProblem['path'], IncamailProblem['reason']])[] = [
    [marking === 'header' && !/^X-[A-Za-z0-9-]{1,60}$/i.test(headerName), 'headerName', 'header_invalid'],
    [
      suffix !== '' && !/^(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,5}$/i.test(suffix),
      'suffix',
      'suffix_invalid',
    ],
    // With neither, nothing would tell the server that the mail is to go through IncaMail, and as what.
    [marking === 'none' && suffix === '', 'marking', 'marking_missing'],
    [receiptsFrom.length === 0 || receiptsFrom.length > 20, 'receiptsFrom', 'receipts_from_invalid'],
    [!receiptsFrom.every(isPlace), 'receiptsFrom', 'receipts_from_invalid'],
    [
      roots !== '' && (roots.length > longestRoots || readRoots(roots).length === 0),
      'roots',
      'roots_invalid',
    ],
    [
      !Number.isInteger(mostBytes) || mostBytes < megabyte || mostBytes > mostMegabytes * megabyte,
      'mostBytes',
      'size_invalid',
    ],
  ];
  const found = rules.flatMap(([isWrong, path, reason]) => (isWrong ? [{ path, reason }] : []));
  return found.filter((one, at) => found.findIndex(({ path }) => path === one.path) === at);
}

function isPlace(place: string): boolean {
  return place.includes('@') ? checkAddress(place).ok : domainForm.test(place);
}

/** Receipts' places as they are compared: small letters, without an @ before a domain. */
export function normalPlaces(places: readonly string[]): string[] {
  const plain = places.map((one) => one.trim().toLowerCase().replace(/^@/, ''));
  return [...new Set(plain)].filter((one) => one !== '');
}

export function toAccount(row: AccountRow): IncamailAccount {
  return {
    isActive: row.is_active,
    senderId: row.sender_id,
    marking: row.marking,
    headerName: row.header_name,
    suffix: row.suffix,
    receiptsFrom: row.receipts_from,
    roots: row.roots,
    mostBytes: row.max_bytes,
  };
}

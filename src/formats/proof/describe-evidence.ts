import type { EvidenceReport } from './check-evidence.ts';
import type { Finding } from './finding.ts';

/** A report of a check in sentences, for terminals. English: scripts and strangers read it. */
export function describeEvidence({ findings, broken, facts }: EvidenceReport): string[] {
  const held = findings.map((one) => `ok: ${sentenceOf(one)}`);
  if (broken) {
    const where = broken.file ? ` (${broken.file})` : '';
    return [...held, `BROKEN at ${broken.step}: ${broken.reason}${where}`];
  }
  return [
    ...held,
    ...(facts.stamps.length > 0
      ? [
          'note: the root of the time-stamping service was not checked: each stamp was held against the certificates that came with it.',
        ]
      : ['note: no outside service has stamped the time; it is that of the sender’s clock.']),
    ...(facts.erased > 0 ? [`note: ${facts.erased} personal fields are closed or erased.`] : []),
    ...(facts.unnamed > 0
      ? [
          `note: ${facts.unnamed} attached files (pages, pictures, receipts, conversations) rest on the seal alone: no event names them.`,
        ]
      : []),
    `Everything fits together. The root certificate must be the sender’s; its SHA-256 is ${facts.rootSha256}.`,
  ];
}

function sentenceOf({ step, details: [first = '', second = '', ...rest] }: Finding): string {
  switch (step) {
    case 'container':
      return `${first} files, none changed place`;
    case 'files':
      return `${first} files have the SHA-256 that the seal covers`;
    case 'seal':
      return `sealed by ${first}`;
    case 'events':
      return `${first} events, none missing, each follows the one before; mails, documents, pages and answers of the DNS are those they name`;
    case 'log':
      return `all of them are in the log ${first} under its signed checkpoint of ${second} events`;
    case 'report':
      return 'the report carries a seal of its own that holds';
    case 'stamps':
      return `time stamps: ${[first, second, ...rest].filter(Boolean).join(', ')}`;
  }
}

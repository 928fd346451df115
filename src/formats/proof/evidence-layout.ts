/** Names of the parts of an evidence file that a check looks for; `layout.md` of the file's own README says what they are. */
export const layout = {
  mimetype: 'mimetype',
  mediaType: 'application/vnd.etsi.asic-e+zip',
  report: 'report.pdf',
  manifest: 'manifest.json',
  checkpoint: 'log/checkpoint.txt',
  stamps: /^log\/checkpoint-\d+\.tsr$/,
  events: /^events\/(\d{4,6})-[a-z_.]+\.json$/,
  disclosures: /^disclosures\/(\d{4,6})\.json$/,
  proofs: /^log\/(\d{4,6})\.tlog-proof$/,
  root: 'certs/root.pem',
  stampChain: 'certs/tsa-chain.pem',
  logKeys: 'certs/log.vkeys',
  signedList: 'META-INF/ASiCManifest001.xml',
  signature: 'META-INF/signature001.p7s',
  stampedList: 'META-INF/ASiCManifest002.xml',
  stamp: 'META-INF/timestamp001.tst',
} as const;

/** Number of an event in the names of its files: four digits at least, so that they sort. */
export function numbered(n: number): string {
  return String(n).padStart(4, '0');
}

/** What `manifest.json` says. */
export interface Manifest {
  readonly version: 1;
  readonly dispatchId: string;
  /** How many events there are, from the first: none may be missing. */
  readonly events: number;
  /** When it was sealed, as the installation's clock had it. */
  readonly sealedAt: string;
  readonly sealedAtSeconds: number;
  /** What kind of delivery this is in law, in words that claim no more than there is. */
  readonly assurance: string;
  readonly files: readonly {
    readonly name: string;
    readonly role: string;
    readonly mediaType: string;
    readonly sha256: string;
  }[];
}

import { type Dns, valuesOf } from './answer.ts';

/** What a domain demands of those who send to it: RFC 8461 §3.2. */
export interface StsPolicy {
  readonly mode: 'enforce' | 'testing' | 'none';
  /** Host names, or `*.` and a domain: one label in its place. */
  readonly mx: readonly string[];
  readonly maxAgeSeconds: number;
}

/** Fetches a text over HTTPS from the host of a policy; null where there is none to be had. */
export type FetchPolicy = (host: string) => Promise<string | null>;

const longestAge = 31_557_600; // RFC 8461 §3.2: a year

/** The id under which a domain announces a policy, or null: RFC 8461 §3.1. Several records count as none. */
export async function readStsId(dns: Dns, domain: string): Promise<string | null> {
  const records = valuesOf(await dns.ask(`_mta-sts.${domain}`, 'TXT')).filter((text) =>
    /^v=STSv1\s*;/.test(text),
  );
  if (records.length !== 1) return null;
  return /;\s*id\s*=\s*([A-Za-z0-9]{1,32})\s*(?:;|$)/.exec(records[0] ?? '')?.[1] ?? null;
}

/** Reads a policy; null for what is none. */
export function parseStsPolicy(text: string): StsPolicy | null {
  const fields = text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^([a-z_]{1,20})\s*:\s*(.{0,300}?)\s*$/i.exec(line) ?? [];
    return name && value !== undefined ? [{ name: name.toLowerCase(), value }] : [];
  });
  const first = (name: string): string => fields.find((field) => field.name === name)?.value ?? '';
  const mode = modes.find((one) => one === first('mode'));
  const age = /^\d{1,10}$/.test(first('max_age')) ? Number(first('max_age')) : Number.NaN;
  const mx = fields.filter(({ name }) => name === 'mx').map(({ value }) => value.toLowerCase());
  if (first('version') !== 'STSv1' || !mode || Number.isNaN(age)) return null;
  if (mode !== 'none' && mx.length === 0) return null;
  return { mode, mx, maxAgeSeconds: Math.min(age, longestAge) };
}

const modes = ['enforce', 'testing', 'none'] as const;

/** Tells whether a server may take mail under this policy: RFC 8461 §4.1. */
export function stsAllows(policy: StsPolicy, host: string): boolean {
  return policy.mx.some((pattern) =>
    pattern.startsWith('*.') ? host.slice(host.indexOf('.') + 1) === pattern.slice(2) : host === pattern,
  );
}

import type { DnsFacts, KeptAnswer } from './frozen-dns.ts';

const longestRecord = 90; // a key is named, not spelled out: the whole one stands in the kept answer

/** What was kept of the DNS in lines that people can read: each record, then who said so, when, and for how long it holds. Any language. */
export function describeDns({ answers, mtaSts }: DnsFacts): string[] {
  const lines = answers.flatMap((answer) => [...recordLines(answer), `    ${sourceOf(answer)}`]);
  if (mtaSts)
    lines.push(`MTA-STS ${mtaSts.mode} ${mtaSts.mx.join(' ')} (id ${mtaSts.id}, until ${mtaSts.until})`);
  return lines;
}

function recordLines({ name, type, result, records, problem }: KeptAnswer): string[] {
  const head = `${name} ${type}`;
  if (result === 'found') return records.map((record) => `${head} ${shortened(record)}`);
  const words = { absent: 'NXDOMAIN', empty: 'NODATA', failed: (problem ?? 'failed').replaceAll('_', ' ') };
  return [`${head} ${words[result]}`];
}

function sourceOf({ server, ttl, askedAt, aliases }: KeptAnswer): string {
  const parts = [
    server,
    ttl === undefined ? null : `TTL ${ttl} s`,
    askedAt ? `${askedAt.slice(0, 19).replace('T', ' ')} UTC` : null,
    aliases ? `CNAME ${aliases.join(' ')}` : null,
  ];
  return parts.filter((one) => one !== null).join(' · ');
}

function shortened(record: string): string {
  return record.length <= longestRecord ? record : `${record.slice(0, longestRecord)}… (${record.length})`;
}

import type { Clock } from '#base/time';
import type { Dns, DnsAnswer, RecordType } from './answer.ts';

const mostNames = 10_000;
const longestMs = 60 * 60_000; // a change of MX is then seen within the hour, whatever its TTL says
const failureMs = 30_000; // RFC 2308 §7: a server failure may be kept for five minutes; half of one spares the server enough

/** Keeps answers as long as their TTL says, an hour at most; questions that are under way are not asked twice. */
export function makeCachedDns(dns: Dns, now: Clock): Dns {
  const kept = new Map<string, { until: number; answer: Promise<DnsAnswer<never>> }>();
  return {
    ask: (name, type) => {
      const key = `${type as RecordType} ${name.toLowerCase()}`;
      const known = kept.get(key);
      if (known && known.until > now().getTime()) return known.answer;
      const entry = {
        until: Number.POSITIVE_INFINITY,
        answer: askAt(dns, name, type, now()),
      };
      kept.delete(key);
      kept.set(key, entry);
      const [oldest] = kept.keys();
      if (kept.size > mostNames && oldest !== undefined) kept.delete(oldest);
      void entry.answer.then((answer) => {
        const ms = answer.kind === 'failed' ? failureMs : Math.min(answer.ttl * 1000, longestMs);
        entry.until = now().getTime() + ms;
      });
      return entry.answer;
    },
  };
}

async function askAt(dns: Dns, name: string, type: RecordType, askedAt: Date): Promise<DnsAnswer<never>> {
  const answer = (await dns.ask(name, type)) as DnsAnswer<never>;
  return { ...answer, askedAt };
}

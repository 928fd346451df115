import { isIP, type LookupFunction } from 'node:net';
import { type Dns, valuesOf } from './answer.ts';

/** A way for sockets to resolve names by this DNS: IPv6 first where there is both, as the dialer tries them in turn. */
export function lookupWith(dns: Dns): LookupFunction {
  return (host, options, callback) => {
    void find(dns, host).then((found) => {
      const wanted = found.addresses.filter(({ family }) => !options.family || family === options.family);
      const [first] = wanted;
      if (!first) callback(notFound(host, found.isKnownAbsent), '', 0);
      else if (options.all) callback(null, wanted);
      else callback(null, first.address, first.family);
    });
  };
}

async function find(dns: Dns, host: string) {
  const literal = isIP(host);
  if (literal) return { addresses: [{ address: host, family: literal }], isKnownAbsent: false };
  const [six, four] = await Promise.all([dns.ask(host, 'AAAA'), dns.ask(host, 'A')]);
  return {
    addresses: [
      ...valuesOf(six).map((address) => ({ address, family: 6 })),
      ...valuesOf(four).map((address) => ({ address, family: 4 })),
    ],
    isKnownAbsent: six.kind !== 'failed' && four.kind !== 'failed',
  };
}

/** The codes of the system's own resolver, which the dialer knows. */
function notFound(host: string, isKnownAbsent: boolean): NodeJS.ErrnoException {
  const code = isKnownAbsent ? 'ENOTFOUND' : 'EAI_AGAIN';
  return Object.assign(new Error(`${code} ${host}`), { code });
}

import type { DnsAnswer, RecordType, RecordValues } from './answer.ts';
import type { Asking, DnsServer } from './ask-server.ts';
import { readReply } from './read-reply.ts';

const mostQuestions = 8;
/** Letters, digits, hyphens, and the underscores of mail's own names; 63 octets a label, 253 in all (RFC 1035 §2.3.4). */
const askable = /^(?=.{1,253}$)[a-z0-9_*-]{1,63}(?:\.[a-z0-9_*-]{1,63})*$/i;

/** Who answered, with the reply. */
export type Answered = Asking & { readonly server: DnsServer | null; readonly isOwnServer: boolean };

/** Asks until the aliases (CNAME) of a name have led to records or to an end; `put` asks for one name. */
export async function followAliases<Type extends RecordType>(
  name: string,
  type: Type,
  put: (name: string, type: Type) => Promise<Answered>,
): Promise<DnsAnswer<RecordValues[Type]>> {
  if (!askable.test(name)) return { kind: 'failed', problem: 'malformed', server: null };
  const via: string[] = [];
  const ttls: number[] = [];
  let current = name;
  for (let questions = 0; questions < mostQuestions; questions += 1) {
    const answered = await put(current, type);
    const server = answered.server?.name ?? '';
    if (!answered.ok) return { kind: 'failed', problem: answered.problem, server: server || null };
    const read = readReply(answered.reply, current, type);
    via.push(...read.via);
    ttls.push(read.ttl);
    const asked = { server, isOwnServer: answered.isOwnServer, ttl: Math.min(...ttls), via };
    if (read.values.length > 0) return { ...asked, kind: 'found', values: read.values };
    const target = read.via.at(-1);
    if (read.isAbsent) return { ...asked, kind: 'absent' };
    if (target === undefined) return { ...asked, kind: 'empty' };
    if (!askable.test(target)) return { kind: 'failed', problem: 'malformed', server };
    current = target;
  }
  return { kind: 'failed', problem: 'too_many_aliases', server: null };
}

import type { Language } from '#base/language';
import type { RecordedEvent } from '#domain/evidence';
import { wordEvent } from './screens/event-words.ts';
import { staffTexts } from './texts/index.ts';

/**
 * An event in the words of the staff's screens: reports say of it what the history says, and of what failed why: in the words of the
 * server that said so, else in ours. `who` is the recipient it is about.
 */
export function wordEventIn(language: Language, event: RecordedEvent, who: string | null): string {
  const t = staffTexts(language);
  const what = wordEvent(t, { ...event, who });
  const { code, reply, problem, reason } = event.data;
  if (!failures.has(event.type)) return what;
  if (typeof code === 'number' && typeof reply === 'string')
    return `${what} · ${reply.startsWith(String(code)) ? '' : `${code} `}${reply}`;
  const key = `reason.${String(problem ?? reason ?? '')}`;
  return t.has(key) ? `${what} · ${t(key, { address: who ?? '', count: 1 })}` : what;
}

const failures: ReadonlySet<string> = new Set([
  'message.rejected',
  'message.deferred',
  'message.unconfirmed',
  'message.held',
  'message.bounced',
  'message.delayed',
]);

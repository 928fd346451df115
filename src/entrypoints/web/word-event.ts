import type { Language } from '#base/language';
import type { RecordedEvent } from '#domain/evidence';
import { wordEvent } from './screens/event-words.ts';
import { staffTexts } from './texts/index.ts';

/** An event in the words of the staff's screens: reports say of it what the history says. `who` is the recipient it is about. */
export function wordEventIn(language: Language, event: RecordedEvent, who: string | null): string {
  return wordEvent(staffTexts(language), { ...event, who });
}

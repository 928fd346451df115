import type { Language } from '#base/language';
import type { HostFinding } from '#domain/senders';
import { type StaffTexts, staffTexts } from './texts/index.ts';

/** What others see of the machine, and what to do where it is not as they want it; `repair` is null where it is. */
export function wordMachine(t: StaffTexts, { question, about, expected, found, good }: HostFinding) {
  return {
    good,
    title: t(`operator.machine.${question}`),
    about,
    found: found.join(', ') || t('operator.machine.nothing'),
    repair: good ? null : t(`operator.machine.${question}.repair`, { about, expected }),
  };
}

/** The same in a sentence or two, as the command line says it. */
export function wordMachineIn(language: Language, finding: HostFinding): string {
  const { title, about, found, repair } = wordMachine(staffTexts(language), finding);
  return [`${title}: ${found} (${about}).`, repair].filter(Boolean).join(' ');
}

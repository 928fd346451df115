import { isBehindCode } from '#domain/dispatch';
import { joinFiles } from './join-files.ts';
import { makeLetter } from './make-letter.ts';
import { joinedOf, levelFor } from './request-of.ts';
import type { FileAsked, Run, RunLine } from './run.ts';
import type { RunNeeds } from './run-needs.ts';

/** The next file that a mail with these documents waits for; null when it has all. */
export function fileNeeded(run: Run, line: RunLine, documentIds: readonly string[]): FileAsked | null {
  const { options } = run;
  const { letter, service = 'standard' } = levelFor(run, documentIds);
  const asked = { run, line: { ...line, documentIds }, documentIds };
  if (letter && line.choice.letter?.documentIds.join(' ') !== documentIds.join(' '))
    return { ...asked, make: 'letter' };
  // Behind a code nothing is attached, and where links are sent there is nothing to join.
  const isAttached = !isBehindCode(service) && (line.draft?.attachments ?? 0) > 0;
  if (options.joinPdfs && documentIds.length > 1 && isAttached && !joinedOf(run, asked.line))
    return { ...asked, make: 'joined' };
  return null;
}

/** Makes a file, keeps it and notes it at its line. Outside of any transaction: PDFs are read and written. */
export function makeFile(needs: RunNeeds, asked: FileAsked, now: Date): Promise<void> {
  return asked.make === 'letter' ? makeLetter(needs, asked, now) : joinFiles(needs, asked, now);
}

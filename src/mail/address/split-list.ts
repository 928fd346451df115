/** One entry of a typed list and the character that ended it (`>` and the end of a line count as such). */
export type ListEntry = { readonly text: string; readonly endedBy: string };

/**
 * Cuts a typed or pasted list into entries at `,` `;` line ends and after a closing `>`. Quotes and parentheses
 * protect what is in them, but never over a line end: an unclosed quote spoils one line, not the list.
 */
export function splitList(text: string): readonly ListEntry[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => [...splitLine(line)]);
}

function* splitLine(line: string): Generator<ListEntry> {
  const skip = protectedRuns(line);
  let start = 0;
  for (let i = 0; i < line.length; i++) {
    const end = skip(i);
    const character = line[i] ?? '';
    if (end > i) i = end;
    else if (',;>'.includes(character)) {
      yield { text: line.slice(start, character === '>' ? i + 1 : i).trim(), endedBy: character };
      start = i + 1;
    }
  }
  yield { text: line.slice(start).trim(), endedBy: '\n' };
}

/**
 * Returns a function that takes the index of a character and answers where the quoted text or comment that starts
 * there ends; the same index when none does. After a first unclosed one it stops looking, so a line is read in
 * linear time.
 */
export function protectedRuns(line: string): (start: number) => number {
  const isOpen = { '"': true, '(': true };
  return (start) => {
    const character = line[start];
    if ((character !== '"' && character !== '(') || !isOpen[character]) return start;
    const end = character === '"' ? endOfQuote(line, start) : endOfComment(line, start);
    if (end === start) isOpen[character] = false;
    return end;
  };
}

function endOfQuote(line: string, start: number): number {
  for (let i = start + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '"') return i;
  }
  return start;
}

// Comments nest: RFC 5322 §3.2.2.
function endOfComment(line: string, start: number): number {
  let depth = 0;
  for (let i = start; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '(') depth++;
    else if (line[i] === ')' && --depth === 0) return i;
  }
  return start;
}

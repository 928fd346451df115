import { protectedRuns } from './split-list.ts';

/** An entry taken apart: words outside brackets and comments, the comments, and what stands in `<…>`. */
export type Words = {
  readonly plain: readonly string[];
  readonly comments: readonly string[];
  readonly angle: string | undefined;
  /** Everything before the `<`, parentheses included: `Muster AG (Buchhaltung)` is a name to people. */
  readonly nameText?: string;
};

/** Takes one entry apart at blanks, comments and a closing `<…>`; quoted text stays inside its word, with its quotes. */
export function readWords(text: string): Words {
  const open = text.endsWith('>') ? openingBracket(text) : -1;
  if (open < 0) return { ...cutWords(text), angle: undefined };
  const inside = cutWords(text.slice(open + 1, -1));
  return {
    plain: [],
    comments: inside.comments,
    angle: inside.plain.join(' '),
    nameText: text.slice(0, open),
  };
}

/** Takes the quotes off a phrase and resolves its quoted pairs. */
export function unquote(text: string): string {
  return text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1'));
}

function openingBracket(text: string): number {
  const skip = protectedRuns(text);
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '<') return i;
    i = skip(i);
  }
  return -1;
}

function cutWords(text: string): { plain: readonly string[]; comments: readonly string[] } {
  const plain: string[] = [];
  const comments: string[] = [];
  const skip = protectedRuns(text);
  let word = '';
  const endWord = (): void => {
    if (word !== '') plain.push(word);
    word = '';
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    const end = skip(i);
    if (character === '(' && end > i) {
      comments.push(text.slice(i + 1, end).replace(/\\(.)/g, '$1'));
      endWord();
    } else if (character === ' ') endWord();
    else word += text.slice(i, end + 1);
    i = end;
  }
  endWord();
  return { plain, comments };
}
